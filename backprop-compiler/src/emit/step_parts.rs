//! A training step that is taken in parts: the steps of its program, one a call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::{doc, size};
use crate::plan::Planned;
use crate::program::Goal;

impl Context<'_> {
    /// The function that does one step of the program and says what is known of the loss.
    pub(super) fn emit_step_parts(&self, planned: &Planned) -> TokenStream {
        let Api { rt, scalar, .. } = &self.api;
        let last = planned.program.steps.len().saturating_sub(1);
        let arms = planned.program.steps.iter().enumerate().map(|(index, step)| {
            let step = self.emit_step(Goal::Step, *step);
            let number = Literal::usize_unsuffixed(index);
            let pattern = if index == last { quote!(_) } else { quote!(#number) };
            quote!(#pattern => { #step loss })
        });
        let step = quote! {
            let loss = now.loss();
            let loss = match now.parts_done() { #(#arms)* };
        };
        let docs = "One of the parts of `take_step`: a line of its derivation. Returns what is known of the loss.";
        let extra = quote!(now: &#rt::StepProgress<#scalar>,);
        self.emit_step_function(planned, &[doc(docs)], &quote!(take_step_part), &extra, &step)
    }

    /// What `train_step_part_with` does.
    pub(super) fn train_step_part(&self, step: &Planned) -> TokenStream {
        let Api { rt, gradient_name, .. } = &self.api;
        let scratch = self.emit_scratch(step.plan.width, 1);
        let parts = size(step.program.steps.len());
        let memory = self.lend_memory(&scratch, (&quote!(now.steps()), &quote!(0)));
        let samples = self.bind_sample();
        quote! {
            let now = progress.begin_part(#rt::InPlace::<#gradient_name>::steps(optimizer));
            #samples
            let loss = #rt::dispatch!(simd => take_step_part(
                simd, self, &inputs, &targets, optimizer, &now, #memory
            ))?;
            ::core::result::Result::Ok(progress.finish_part(now, #parts, loss))
        }
    }
}
