//! What is known of a network before the program runs: associated constants.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::api::Api;
use super::names::size;
use crate::ops::Parameter;
use crate::plan::Training;

/// The value of every constant.
#[derive(Default)]
pub struct Facts {
    pub parameters: usize,
    pub trainable_parameters: usize,
    pub parameter_bytes: usize,
    pub inference_bytes: usize,
    pub step_bytes: usize,
    pub batch_bytes: usize,
    pub tile: usize,
    pub step_parts: usize,
    pub macs: u64,
    pub fingerprint: u64,
    pub summary: String,
}

impl Facts {
    /// The constants of the struct, and those of the trait. The struct's are there for the frozen
    /// block by value only, or `Name::PARAMETERS` would leave open which block is meant.
    pub fn emit(&self, name: &Ident, api: &Api) -> TokenStream {
        let Api { rt, network_type, frozen_generics, .. } = api;
        let counts = [
            ("PARAMETERS", "How many parameters there are, frozen ones included.", self.parameters),
            ("TRAINABLE_PARAMETERS", "How many of them an optimiser changes.", self.trainable_parameters),
            ("PARAMETER_BYTES", "Bytes of all parameters.", self.parameter_bytes),
            (
                "INFERENCE_BYTES",
                "Bytes of a workspace for inference: every value that lives at once, outputs included.",
                self.inference_bytes,
            ),
            (
                "STEP_BYTES",
                "Bytes of a workspace for training steps: values and deltas of one sample.",
                self.step_bytes,
            ),
            (
                "BATCH_BYTES",
                "Bytes of a workspace for batches: values and deltas of one tile, and the gradient.",
                self.batch_bytes,
            ),
            ("TILE", "Samples per tile of a batch.", self.tile),
            (
                "STEP_PARTS",
                "Parts of a training step, for `train_step_part_with`: 0 where there is none, as without a loss.",
                self.step_parts,
            ),
        ]
        .map(|(name, docs, count)| (name, docs, quote!(::core::primitive::usize), size(count)));
        let large = [
            ("MACS", "Multiply-accumulates of one forward pass.", self.macs),
            (
                "FINGERPRINT",
                "The topology's fingerprint: networks with the same one can exchange weights.",
                self.fingerprint,
            ),
        ]
        .map(|(name, docs, value)| {
            (name, docs, quote!(::core::primitive::u64), Literal::u64_unsuffixed(value))
        });
        let summary = (
            "SUMMARY",
            "The layers, with shapes, parameters and costs.",
            quote!(&'static ::core::primitive::str),
            Literal::string(&self.summary),
        );
        let mut inherent = TokenStream::new();
        let mut of_trait = TokenStream::new();
        for (constant, docs, kind, value) in counts.into_iter().chain(large).chain([summary]) {
            let (constant, docs) = (format_ident!("{constant}"), format!(" {docs}"));
            inherent.extend(quote!(#[doc = #docs] pub const #constant: #kind = #value;));
            of_trait.extend(quote!(const #constant: #kind = #name::#constant;));
        }
        quote! {
            impl #name { #inherent }
            impl<#frozen_generics> #rt::Facts for #network_type { #of_trait }
        }
    }
}

impl Context<'_> {
    /// The constants, and the proof that they hold on this target.
    pub fn emit_facts(&self) -> TokenStream {
        let (memory, graph, name) = (self.memory, self.graph, &self.source.name);
        let Api { rt, gradient_name, workspace_name, .. } = &self.api;
        let trainable_bytes = graph.count_parameters(|one| one.trainable) * graph.dtype.bytes();
        let facts = Facts {
            parameters: graph.count_parameters(|_| true),
            trainable_parameters: graph.count_parameters(Parameter::learns),
            parameter_bytes: memory.parameter_bytes,
            inference_bytes: memory.inference_bytes,
            step_bytes: memory.step_bytes,
            batch_bytes: memory.batch_bytes,
            tile: memory.tile,
            step_parts: memory.training.as_ref().map_or(0, count_parts),
            macs: graph.count_macs(),
            fingerprint: graph.fingerprint(),
            summary: self.emit_table(),
        };
        let constants = facts.emit(name, &self.api);
        let trainable_bytes = size(trainable_bytes);
        quote! {
            #constants

            const _: () = {
                ::core::assert!(::core::mem::size_of::<#name>() == #name::PARAMETER_BYTES);
                ::core::assert!(::core::mem::size_of::<#gradient_name>() == #trainable_bytes);
                ::core::assert!(
                    ::core::mem::size_of::<#workspace_name<#rt::Inference>>() == #name::INFERENCE_BYTES
                );
                ::core::assert!(::core::mem::size_of::<#workspace_name<#rt::Step>>() == #name::STEP_BYTES);
                ::core::assert!(::core::mem::size_of::<#workspace_name<#rt::Batch>>() == #name::BATCH_BYTES);
            };
        }
    }
}

/// Steps of the program that takes a single sample.
fn count_parts(training: &Training) -> usize {
    training.step.as_ref().map_or(0, |step| step.program.steps.len())
}
