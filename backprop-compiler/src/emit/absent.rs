//! Methods that a network cannot have: each is there to say why where it is called, and not in the docs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::api::{Api, Method};
use super::names::local;

/// What a method takes, and what the network lacks where it is absent: a marker trait of the runtime.
fn describe(method: Method) -> Option<(usize, &'static str)> {
    Some(match method {
        Method::Evaluate | Method::Loss => (2, "HasLoss"),
        Method::Backward | Method::TrainStep | Method::TrainBatch => (3, "HasLoss"),
        Method::TrainBatchIndexed => (4, "HasLoss"),
        Method::Predict => (1, "HasClassOutput"),
        Method::Accuracy | Method::Confusion => (2, "HasClassOutput"),
        Method::Forward
        | Method::ForwardBatch
        | Method::BackwardFrom
        | Method::BackwardFromToInput => return None,
    })
}

impl Api {
    /// The method, for a network that has no such thing. Its bound never holds.
    pub fn emit_absent(&self, method: Method) -> TokenStream {
        let Some((count, marker)) = describe(method) else { return TokenStream::new() };
        let (name, marker) = (local(method.name()), format_ident!("{marker}"));
        let kinds = (1..=count).map(|index| format_ident!("A{index}"));
        let kinds: Vec<_> = kinds.collect();
        let (bound, result) = (self.emit_bound(false, &quote!(#marker)), self.result());
        quote! {
            #[doc(hidden)]
            pub fn #name<#(#kinds),*>(&self, #(_: #kinds),*) -> #result #bound {
                let _ = self;
                ::core::unreachable!()
            }
        }
    }
}
