//! Methods that change every trainable parameter at once: those of the trait `Parameters` that a network has
//! without it.

use proc_macro2::TokenStream;
use quote::quote;

use super::api::Api;

impl Api {
    /// `copy_from`, `lerp`, `add_scaled` and `scale`.
    pub fn emit_changes(&self) -> TokenStream {
        let Self { rt, scalar, network_type, frozen_generics, .. } = self;
        quote! {
            impl<#frozen_generics> #network_type {
                /// Sets every trainable parameter to that of another network. Frozen ones stay as they are.
                pub fn copy_from(&mut self, other: &Self) {
                    #rt::Parameters::copy_from(self, other);
                }

                /// Moves every trainable parameter a share `tau` of the way towards that of another network: a
                /// moving average, or a target network. At 0 nothing changes, and at 1 this is `copy_from`.
                /// Frozen parameters stay as they are.
                pub fn lerp(&mut self, other: &Self, tau: #scalar) {
                    #rt::Parameters::lerp(self, other, tau);
                }

                /// Adds `factor` times every trainable parameter of another network. Frozen ones stay as they
                /// are.
                pub fn add_scaled(&mut self, other: &Self, factor: #scalar) {
                    #rt::Parameters::add_scaled(self, other, factor);
                }

                /// Multiplies every trainable parameter by `factor`. Frozen ones stay as they are.
                pub fn scale(&mut self, factor: #scalar) {
                    #rt::Parameters::scale(self, factor);
                }
            }
        }
    }
}
