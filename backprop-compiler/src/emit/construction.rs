//! How a network comes into being, and how its parameters are listed by name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::size;
use crate::graph::ParameterId;
use crate::init::emit_fill;
use crate::ops::Parameter;

impl Context<'_> {
    /// `ZERO`, `new`, `init`, and the constructor from a frozen block.
    pub fn emit_init(&self) -> TokenStream {
        let Api { rt, network_type, frozen_generics, .. } = &self.api;
        let name = &self.source.name;
        let fill = |id: ParameterId| self.emit_fill(id, self.graph.parameter(id));
        let ids = self.graph.parameter_ids();
        let trainable_ids = ids.iter().filter(|id| self.graph.parameter(**id).trainable);
        let fills = trainable_ids.map(|id| fill(*id));
        let all_fills = ids.iter().map(|id| fill(*id));
        let fits = self.fits_stack(0);
        let docs = if fits {
            " A network with freshly drawn parameters: the same seed, the same bits."
        } else {
            " Cannot be called: this network is larger than 128 KiB, too large to be passed by value. \
             `boxed(seed)` places it on the heap (trait `BoxedNetwork`, feature `alloc`); in a `static` it \
             starts as `ZERO`, and `init` draws it."
        };
        let bound = self.api.emit_bound(fits, &quote!(FitsByValue));
        let new = quote! {
            #[doc = #docs]
            #[must_use]
            pub fn new(seed: ::core::primitive::u64) -> Self #bound {
                let mut network = <Self as #rt::Zero>::ZERO;
                network.init(&mut #rt::Rng::new(seed));
                network
            }
        };
        let from_frozen = self.graph.has_frozen().then(|| {
            let frozen_parameter = &self.frozen_parameter;
            let names = self.list_layers(true);
            quote! {
                impl<#frozen_generics> #network_type {
                    /// A network over a frozen block, its trainable parameters zero.
                    #[must_use]
                    pub const fn with_frozen(frozen: #frozen_parameter) -> Self {
                        Self { #(#names: #rt::Zero::ZERO,)* frozen }
                    }

                    /// Draws the trainable parameters.
                    pub fn init_trainable(&mut self, random: &mut impl #rt::Random) {
                        let network = self;
                        #(#fills)*
                    }
                }
            }
        });
        quote! {
            impl #name {
                /// All parameters zero.
                pub const ZERO: Self = <Self as #rt::Zero>::ZERO;

                #new

                /// Draws every parameter afresh, in declared order.
                pub fn init(&mut self, random: &mut impl #rt::Random) {
                    let network = self;
                    #(#all_fills)*
                }
            }

            impl #rt::Initialise for #name {
                fn init(&mut self, random: &mut impl #rt::Random) {
                    Self::init(self, random);
                }
            }

            #from_frozen
        }
    }

    /// The call that draws one array.
    fn emit_fill(&self, id: ParameterId, parameter: &Parameter) -> TokenStream {
        let rt = &self.api.rt;
        let owner = if parameter.trainable { quote!(network) } else { quote!(network.frozen) };
        let values = self.emit_values(&owner, id, true);
        emit_fill(parameter, &values, self.graph.dtype, rt)
    }

    /// `visit_parameters`, and the same to change them.
    pub fn emit_visit(&self) -> TokenStream {
        let Api { scalar, network_type, frozen_generics, .. } = &self.api;
        let ids = self.graph.parameter_ids();
        let visits = ids.iter().map(|id| self.emit_visit_of(*id, false));
        let trainable = ids.iter().filter(|id| self.graph.parameter(**id).trainable);
        let changes = trainable.map(|id| self.emit_visit_of(*id, true));
        quote! {
            impl<#frozen_generics> #network_type {
                /// Calls `visit(name, shape, values)` for every parameter, frozen ones included, in
                /// declared order.
                pub fn visit_parameters(
                    &self,
                    mut visit: impl ::core::ops::FnMut(&'static ::core::primitive::str, &[::core::primitive::usize], &[#scalar]),
                ) {
                    #(#visits)*
                }

                /// The same for every trainable parameter, whose values may be changed.
                pub fn visit_parameters_mut(
                    &mut self,
                    mut visit: impl ::core::ops::FnMut(&'static ::core::primitive::str, &[::core::primitive::usize], &mut [#scalar]),
                ) {
                    #(#changes)*
                }
            }
        }
    }

    /// `visit("hidden.weight", &[2, 8], ..);`
    fn emit_visit_of(&self, id: ParameterId, change: bool) -> TokenStream {
        let parameter = self.graph.parameter(id);
        let name = format!("{}.{}", self.graph.layer(id.layer).name, parameter.name);
        let shape: Vec<Literal> = parameter.shape.iter().map(|axis| size(*axis)).collect();
        let owner = if parameter.trainable {
            quote!(self)
        } else {
            let frozen = self.visible("Frozen");
            quote!({ let frozen: &#frozen = ::core::borrow::Borrow::borrow(&self.frozen); frozen })
        };
        let values = self.emit_values(&owner, id, change);
        quote!(visit(#name, &[#(#shape),*], #values);)
    }
}
