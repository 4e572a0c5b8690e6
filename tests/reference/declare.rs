//! What `networks.rs` declares, in both precisions, with the tests of each.

use crate::vectors::Vectors;

/// What generic code needs of a network beside its traits.
pub trait Model {
    /// Sets the frozen parameters.
    fn set_frozen(&mut self, vectors: &Vectors);

    /// The names of all parameters, in declared order.
    fn list_names(&self) -> Vec<String>;
}

/// A network, and its tests by kind: `outputs`, `training`, `tiles`, `truncated` or `every_optimiser`.
macro_rules! check_network {
    (
        $name:ident: $check:ident;
        structs: $($struct:ident { $($part:ident),* })*;
        frozen: $($layer:ident . $field:ident)*;
        { $($declaration:tt)* }
    ) => {
        mod $name {
            use $crate::vectors::Vectors;

            $crate::declare::declare_model! {
                single f32 [$($struct { $($part),* })*] [$($layer.$field)*] { $($declaration)* }
            }
            $crate::declare::declare_model! {
                double f64 [$($struct { $($part),* })*] [$($layer.$field)*] { $($declaration)* }
            }

            fn open() -> Vectors {
                Vectors::open_for(stringify!($name), stringify!($($declaration)*))
            }

            $crate::declare::write_tests! { $check }
        }
    };
}

macro_rules! declare_model {
    (
        $module:ident $scalar:ident
        [$($struct:ident { $($part:ident),* })*] [$($layer:ident . $field:ident)*]
        { $($declaration:tt)* }
    ) => {
        pub mod $module {
            backprop::network! {
                /// A network.
                pub struct Model { dtype $scalar; $($declaration)* }
            }

            $($crate::record::implement_struct! { $struct { $($part),* } })*

            impl $crate::declare::Model for Model {
                fn set_frozen(&mut self, _vectors: &$crate::vectors::Vectors) {
                    $(
                        let name = concat!("frozen ", stringify!($layer), ".", stringify!($field));
                        self.frozen.$layer.$field = _vectors.read(name).remove(0);
                    )*
                }

                fn list_names(&self) -> Vec<String> {
                    let mut names = Vec::new();
                    self.visit_parameters(|name, _, _| names.push(name.to_owned()));
                    names
                }
            }
        }
    };
}

macro_rules! write_tests {
    (outputs) => {
        #[test]
        fn agrees_with_pytorch() {
            $crate::outputs::check::<f32, single::Model>(&open());
            $crate::outputs::check::<f64, double::Model>(&open());
        }

        #[test]
        fn agrees_with_central_differences() {
            $crate::differences::check_outputs::<double::Model>(&open());
        }
    };
    (truncated) => {
        #[test]
        fn agrees_with_pytorch() {
            $crate::outputs::check::<f32, single::Model>(&open());
            $crate::outputs::check::<f64, double::Model>(&open());
        }

        #[test]
        fn trains_as_pytorch_does() {
            $crate::training::check::<f32, single::Model>(&open());
            $crate::training::check::<f64, double::Model>(&open());
        }
    };
    (tiles) => {
        $crate::declare::write_tests! { outputs }

        #[test]
        fn trains_as_pytorch_does() {
            $crate::tiles::check::<f32, single::Model>(&open());
            $crate::tiles::check::<f64, double::Model>(&open());
        }

        #[test]
        fn loss_agrees_with_central_differences() {
            $crate::differences::check_batch_loss::<double::Model>(&open());
        }
    };
    (training) => {
        $crate::declare::write_tests! { outputs }

        #[test]
        fn trains_as_pytorch_does() {
            $crate::training::check::<f32, single::Model>(&open());
            $crate::training::check::<f64, double::Model>(&open());
        }

        #[test]
        fn loss_agrees_with_central_differences() {
            $crate::differences::check_loss::<double::Model>(&open());
        }
    };
    (every_optimiser) => {
        $crate::declare::write_tests! { training }

        #[test]
        fn optimisers_agree_with_pytorch() {
            $crate::training::check_every_optimiser::<f32, single::Model>(&open());
            $crate::training::check_every_optimiser::<f64, double::Model>(&open());
        }
    };
}

/// An elementwise function, or one of rows, at extreme inputs.
macro_rules! check_function {
    ($name:ident: $count:literal { $($layer:tt)* }) => {
        mod $name {
            $crate::declare::declare_model! {
                single f32 [] [] { input x: [$count]; output y = x -> $($layer)*; }
            }
            $crate::declare::declare_model! {
                double f64 [] [] { input x: [$count]; output y = x -> $($layer)*; }
            }

            #[test]
            fn agrees_with_pytorch() {
                let (name, declaration) = (stringify!($name), stringify!($($layer)*));
                $crate::extremes::check_function::<f32, single::Model>(name, declaration);
                $crate::extremes::check_function::<f64, double::Model>(name, declaration);
            }
        }
    };
}

/// A loss at extreme outputs and targets. Something must be there to train: a layer that changes nothing, whose
/// bias has dJ/dy for its gradient.
macro_rules! check_loss {
    ($name:ident: $count:literal { $($loss:tt)* }) => {
        mod $name {
            $crate::declare::declare_model! {
                single f32 [] []
                { input x: [$count]; output y = x -> dense($count) as pass; loss $($loss)*; }
            }
            $crate::declare::declare_model! {
                double f64 [] []
                { input x: [$count]; output y = x -> dense($count) as pass; loss $($loss)*; }
            }

            #[test]
            fn agrees_with_pytorch() {
                let (name, declaration) = (stringify!($name), stringify!($($loss)*));
                $crate::extremes::check_loss::<f32, single::Model>(name, declaration);
                $crate::extremes::check_loss::<f64, double::Model>(name, declaration);
            }
        }
    };
}

pub(crate) use {check_function, check_loss, check_network, declare_model, write_tests};
