//! A declaration inside a `macro_rules!` that is handed names, sizes, types and whole statements.
#![deny(warnings)]

use backprop::{Optimizer, Sgd};

macro_rules! declare_perceptron {
    (
        $(#[$attribute:meta])*
        $visibility:vis $name:ident<$dtype:ident> {
            $input:ident: [$($axis:literal),*] -> $hidden:literal as $label:ident -> $output:ident: $units:literal
        }
        loss $weight:literal
        $(; extra $statement:tt)*
    ) => {
        backprop::network! {
            $(#[$attribute])*
            $visibility struct $name {
                const HIDDEN = $hidden;
                dtype $dtype;
                input $input: [$($axis),*];
                let flat = $input -> flatten;
                output $output = flat -> dense(HIDDEN) as $label -> tanh -> dense($units);
                loss $weight * mse($output);
                $($statement)*
            }
        }
    };
}

declare_perceptron! {
    /// Documented at the call.
    pub Perceptron<f64> { image: [2, 3] -> 4 as hidden -> level: 1 }
    loss 0.5
}

macro_rules! declare_with_size {
    ($name:ident, $size:expr, $layer:ident, $($chain:tt)*) => {
        backprop::network! {
            struct $name {
                const SIZE = $size;
                input x: [SIZE];
                output y = x -> $layer(SIZE) $($chain)*;
            }
        }
    };
}

declare_with_size!(Expression, 2 * 3, dense, -> tanh -> dense(SIZE + 1) as last);

/// Names of the macro's own: one hygiene for all of them.
macro_rules! declare_all {
    () => {
        backprop::network! {
            struct Own {
                input x: [2];
                output y = x -> dense(2) as hidden -> relu -> dense(2);
                loss cross_entropy(y);
            }
        }
    };
}

declare_all!();

macro_rules! declare_twice {
    ($($name:ident),*) => {
        $(declare_with_size! { $name, 3, dense, -> relu })*
    };
}

declare_twice!(First, Second);

fn main() {
    let mut network = Perceptron::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1_f64));
    let loss = network.train_step(&[1.0; 6], &[0.5], &mut optimizer).unwrap();
    assert!(loss.is_finite());
    assert_eq!(network.hidden.bias.len(), 4);
    assert_eq!(Expression::new(0).forward(&[1.0; 6]).len(), 7);
    assert_eq!(Own::new(0).hidden.bias, [0.0; 2]);
    assert_eq!(First::new(0).forward(&[1.0; 3]), Second::new(0).forward(&[1.0; 3]));
}
