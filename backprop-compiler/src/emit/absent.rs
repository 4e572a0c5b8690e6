//! Methods that a network cannot have: each is there to say why where it is called, and not in the docs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::api::{Api, Method};
use super::names::local;

/// How many arguments a method takes that not every network has.
fn count_arguments(method: Method) -> Option<usize> {
    Some(match method {
        Method::Predict => 1,
        Method::Loss | Method::Evaluate | Method::Accuracy | Method::Confusion => 2,
        Method::Backward | Method::TrainStep | Method::TrainBatch => 3,
        Method::TrainBatchIndexed => 4,
        Method::TrainStepPart => 5,
        Method::Forward
        | Method::ForwardBatch
        | Method::Step
        | Method::BackwardFrom
        | Method::BackwardFromToInput => return None,
    })
}

impl Api {
    /// What the network lacks for a method: a marker trait of the runtime.
    pub fn find_lack(&self, method: Method) -> Option<&'static str> {
        count_arguments(method)?;
        match method {
            Method::Predict | Method::Accuracy | Method::Confusion => {
                self.class_output.is_none().then_some("HasClassOutput")
            }
            _ if self.target.is_none() => Some("HasLoss"),
            Method::Backward | Method::TrainStep | Method::TrainStepPart => {
                self.needs_tiles.then_some("LearnsFromSamples")
            }
            _ => None,
        }
    }

    /// The method, for a network that lacks what it needs. Its bound never holds.
    pub fn emit_absent(&self, method: Method) -> TokenStream {
        let (Some(count), Some(marker)) = (count_arguments(method), self.find_lack(method)) else {
            return TokenStream::new();
        };
        let name = if method.leaves_work() { method.long_name() } else { local(method.name()) };
        let marker = format_ident!("{marker}");
        let kinds: Vec<_> = (1..=count).map(|index| format_ident!("A{index}")).collect();
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
