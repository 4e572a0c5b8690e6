//! What the methods do of a network that has a loss.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::{local, size};
use crate::plan::{Planned, Training};

impl Context<'_> {
    /// What the methods of this file stand on; nothing without a loss.
    pub fn emit_training(&self) -> TokenStream {
        let Some(training) = &self.memory.training else { return TokenStream::new() };
        let programs = [&training.loss, &training.gradient].into_iter().chain(&training.step);
        let programs = programs.map(|planned| self.emit_program(planned));
        let parts = training.step.iter().map(|step| self.emit_step_parts(step));
        let check = self.emit_check();
        quote!(#(#programs)* #(#parts)* #check)
    }

    fn check_call(&self) -> TokenStream {
        if self.api.can_refuse { quote!(check_target(target)?;) } else { TokenStream::new() }
    }

    fn wrap_ok(&self, value: &TokenStream) -> TokenStream {
        if self.api.can_refuse { quote!(::core::result::Result::Ok(#value)) } else { value.clone() }
    }

    /// The function that looks at a target, where one can be wrong.
    fn emit_check(&self) -> TokenStream {
        if !self.api.can_refuse {
            return TokenStream::new();
        }
        let Api { rt, scalar, target_name, .. } = &self.api;
        let many = self.graph.targets.len() > 1;
        let checks = self.graph.targets.iter().filter_map(|field| {
            let (name, classes) = (local(&field.name), size(field.target.classes()?));
            let weighted = field.target.is_weighted().then(|| quote!(.target));
            let place = match many {
                true => quote!(&target.#name #weighted),
                false if weighted.is_some() => quote!(&target #weighted),
                false => quote!(target),
            };
            Some(quote!(#rt::ClassTarget::<#scalar, #classes>::check(#place)?;))
        });
        quote! {
            fn check_target(target: &#target_name) -> ::core::result::Result<(), #rt::Error> {
                #(#checks)*
                ::core::result::Result::Ok(())
            }
        }
    }

    pub(super) fn loss(&self, training: &Training) -> TokenStream {
        let scratch = self.emit_scratch(training.loss.plan.width, 1);
        let (rt, samples) = (&self.api.rt, self.bind_sample());
        let result = self.wrap_ok(&quote!(loss));
        quote! {
            #samples
            let loss = #rt::dispatch!(simd => compute_loss(simd, self, &inputs, &targets, #scratch));
            #result
        }
    }

    pub(super) fn backward(&self, training: &Training) -> TokenStream {
        let scratch = self.emit_scratch(training.gradient.plan.width, 1);
        let memory = self.lend_memory(&scratch, (&quote!(0), &quote!(0)));
        let (rt, samples) = (&self.api.rt, self.bind_sample());
        let result = self.wrap_ok(&quote!(loss));
        quote! {
            #samples
            let loss = #rt::dispatch!(simd => compute_gradient(
                simd, self, &inputs, &targets, gradient, #rt::Share::ALL, #memory
            ));
            #result
        }
    }

    pub(super) fn train_step(&self, step: &Planned) -> TokenStream {
        let Api { rt, gradient_name, .. } = &self.api;
        let scratch = self.emit_scratch(step.plan.width, 1);
        let steps = quote!(#rt::InPlace::<#gradient_name>::steps(optimizer));
        let memory = self.lend_memory(&scratch, (&steps, &quote!(0)));
        let samples = self.bind_sample();
        quote! {
            #samples
            #rt::dispatch!(simd => take_step(simd, self, &inputs, &targets, optimizer, #memory))
        }
    }

    /// One sample as a batch of one row, its target looked at.
    pub(super) fn bind_sample(&self) -> TokenStream {
        let (rt, input, check) = (&self.api.rt, self.input_argument(), self.check_call());
        quote! {
            #check
            let inputs = #rt::Samples::one(#input);
            let targets = #rt::Samples::one(target);
        }
    }

    pub(super) fn train_batch(&self, indexed: bool) -> TokenStream {
        let rt = &self.api.rt;
        let batch = if indexed {
            quote!(#rt::Minibatch::indexed(inputs, targets, indices)?)
        } else {
            quote!(#rt::Minibatch::all(inputs, targets)?)
        };
        quote!(#rt::tiles::train_batch(self, &#batch, optimizer, workspace))
    }

    pub(super) fn evaluate(&self) -> TokenStream {
        let rt = &self.api.rt;
        quote!(#rt::tiles::evaluate(self, &#rt::Minibatch::all(inputs, targets)?, workspace))
    }

    pub(super) fn accuracy(&self) -> Option<TokenStream> {
        let Api { rt, scalar, .. } = &self.api;
        let truth = self.emit_truth()?;
        Some(quote! {
            let batch = #rt::Minibatch::all(inputs, targets)?;
            batch.check_targets(check_target)?;
            let mut right: ::core::primitive::usize = 0;
            for (input, target) in ::core::iter::zip(inputs, targets) {
                if self.predict_with(input, workspace) == #truth {
                    right += 1;
                }
            }
            ::core::result::Result::Ok(
                <#scalar as #rt::Scalar>::from_usize(right)
                    / <#scalar as #rt::Scalar>::from_usize(batch.len()),
            )
        })
    }

    pub(super) fn confusion(&self) -> Option<TokenStream> {
        let rt = &self.api.rt;
        let truth = self.emit_truth()?;
        Some(quote! {
            #rt::Minibatch::all(inputs, targets)?.check_targets(check_target)?;
            let predictions = ::core::iter::Iterator::map(
                ::core::iter::zip(inputs, targets),
                |(input, target)| (#truth, self.predict_with(input, workspace)),
            );
            #rt::Confusion::count(predictions)
        })
    }

    /// The true class of a sample, of the output that has one.
    fn emit_truth(&self) -> Option<TokenStream> {
        let value = self.graph.outputs[self.class_output()?].value;
        let term = self.graph.terms.iter().find(|term| {
            term.value == value && self.graph.targets[term.target].target.classes().is_some()
        })?;
        let field = local(&self.graph.targets[term.target].name);
        let weighted = self.graph.targets[term.target].target.is_weighted();
        let weighted = weighted.then(|| quote!(.target));
        Some(match self.graph.targets.len() {
            1 if weighted.is_some() => quote!(target #weighted),
            1 => quote!(*target),
            _ => quote!(target.#field #weighted),
        })
    }
}
