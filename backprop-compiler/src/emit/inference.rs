//! What the methods do that compute outputs, and gradients from the caller's dJ/dy.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::size;

impl Context<'_> {
    /// `<[[f32; 10]; 1] as Scratch>::scratch(&mut workspace.memory)`
    pub fn emit_scratch(&self, width: usize, rows: usize) -> TokenStream {
        let Api { rt, scalar, .. } = &self.api;
        let (width, rows) = (size(width), size(rows));
        quote!(#rt::Scratch::<#scalar>::scratch::<#width, #rows>(&mut workspace.memory))
    }

    /// The programs behind the methods of this file.
    pub fn emit_inference(&self) -> TokenStream {
        let memory = self.memory;
        let programs = [&memory.forward, &memory.gradient_from, &memory.gradient_from_inputs]
            .map(|planned| self.emit_program(planned));
        let zeros = self.emit_zero_data();
        quote!(#(#programs)* #zeros)
    }

    /// The argument of a method that takes one sample's input.
    pub fn input_argument(&self) -> Option<&Ident> {
        self.api.input.as_ref().map(|(name, _)| name)
    }

    pub(super) fn forward(&self) -> TokenStream {
        let Some((input, _)) = &self.api.input else { return TokenStream::new() };
        let scratch = self.emit_scratch(self.memory.forward.plan.width, 1);
        let output = self.api.output.clone().unwrap_or_default();
        self.emit_single(&quote!(compute_outputs), (input, &output), &scratch)
    }

    /// What a method does that computes the outputs of one sample, by this function; `rest` are its last arguments.
    pub(super) fn emit_single(
        &self,
        function: &TokenStream,
        (input, output): (&Ident, &TokenStream),
        rest: &TokenStream,
    ) -> TokenStream {
        let rt = &self.api.rt;
        quote! {
            let mut output = <#output as #rt::Zero>::ZERO;
            let inputs = #rt::Samples::one(#input);
            #rt::dispatch!(simd => #function(
                simd, self, &inputs, ::core::slice::from_mut(&mut output), #rest
            ));
            output
        }
    }

    pub(super) fn forward_batch(&self) -> TokenStream {
        let rt = &self.api.rt;
        let tile = size(self.memory.tile);
        let scratch = self.emit_scratch(self.memory.forward.plan.width, self.memory.tile);
        quote! {
            #rt::check_lengths(inputs.len(), outputs.len())?;
            for (inputs, outputs) in
                ::core::iter::zip(inputs.chunks(#tile), outputs.chunks_mut(#tile))
            {
                if let ::core::option::Option::Some(inputs) = #rt::Samples::collect(inputs.iter()) {
                    #rt::dispatch!(simd => compute_outputs(simd, self, &inputs, outputs, #scratch));
                }
            }
            ::core::result::Result::Ok(())
        }
    }

    pub(super) fn predict(&self) -> Option<TokenStream> {
        let output = self.class_output()?;
        let (rt, input) = (&self.api.rt, self.input_argument());
        let name = &self.source.output_names[output];
        let place = if self.has_many_outputs() { quote!(output.#name) } else { quote!(output) };
        Some(quote! {
            let output = self.forward_with(#input, workspace);
            #rt::classes::argmax(&#place)
        })
    }

    pub(super) fn backward_from(&self, inputs: bool) -> TokenStream {
        let (rt, memory, input) = (&self.api.rt, self.memory, self.input_argument());
        let (program, extra, planned) = if inputs {
            (
                quote!(compute_gradient_from_to_inputs),
                quote!(::core::slice::from_mut(input_gradient),),
                &memory.gradient_from_inputs,
            )
        } else {
            (quote!(compute_gradient_from), TokenStream::new(), &memory.gradient_from)
        };
        let scratch = self.emit_scratch(planned.plan.width, 1);
        let memory = self.lend_memory(&scratch, (&quote!(0), &quote!(0)));
        quote! {
            let inputs = #rt::Samples::one(#input);
            let output_gradients = #rt::Samples::one(output_gradient);
            #rt::dispatch!(simd => #program(
                simd, self, &inputs, &output_gradients, gradient, #extra #memory
            ));
        }
    }

    /// The index of the one output that has a class target.
    pub fn class_output(&self) -> Option<usize> {
        let name = &self.api.class_output.as_ref()?.name;
        self.graph.outputs.iter().position(|output| output.name == *name)
    }
}
