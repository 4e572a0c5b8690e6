//! The functions that compute: one for each program, generic over the number of rows, so that one
//! sample and a tile of a batch are the same code.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::api::{Api, StreamApi};
use super::names::{doc, local, size};
use crate::plan::Planned;
use crate::program::{Buffer, Goal, PlannedStep, Step, count_scalars};

impl Context<'_> {
    /// The function of one program.
    pub fn emit_program(&self, planned: &Planned) -> TokenStream {
        self.for_goal(planned.program.goal).emit_function(planned)
    }

    fn emit_function(&self, planned: &Planned) -> TokenStream {
        let goal = planned.program.goal;
        let steps: TokenStream =
            planned.program.steps.iter().map(|step| self.emit_step(goal, *step)).collect();
        let places = self.emit_places(planned);
        let bindings = self.emit_bindings(planned);
        let width = size(planned.plan.width);
        let Api { rt, scalar, gradient_name, input_name, output_name, target_name, simd, .. } =
            &self.api;
        let (generics, network) = (&self.api.frozen_generics, &self.api.network_type);
        let docs: Vec<String> =
            self.describe_program(&planned.program).iter().map(|line| doc(line)).collect();
        let memory = self.sign_memory(goal, &quote!(&mut [[#scalar; #width]; ROWS]));
        let prologue = quote! { use #rt as rt; #places #bindings };
        match goal {
            Goal::Forward | Goal::Stream => {
                let (name, input, output, state) = match (goal, &self.api.stream) {
                    (Goal::Stream, Some(stream)) => {
                        let StreamApi { sample_name, output_name, .. } = stream;
                        let state = self.sign_state(stream);
                        (quote!(compute_step), sample_name, output_name, quote!(#state,))
                    }
                    _ => (quote!(compute_outputs), input_name, output_name, TokenStream::new()),
                };
                quote! {
                    #(#[doc = #docs])*
                    #[inline(always)]
                    fn #name<#generics #simd: #rt::Simd, const ROWS: ::core::primitive::usize>(
                        simd: #simd,
                        network: &#network,
                        inputs: &#rt::Samples<'_, #input, ROWS>,
                        outputs: &mut [#output],
                        #state
                        #memory,
                    ) {
                        #prologue
                        #steps
                    }
                }
            }
            Goal::Loss => quote! {
                #(#[doc = #docs])*
                #[inline(always)]
                fn compute_loss<#generics #simd: #rt::Simd, const ROWS: ::core::primitive::usize>(
                    simd: #simd,
                    network: &#network,
                    inputs: &#rt::Samples<'_, #input_name, ROWS>,
                    targets: &#rt::Samples<'_, #target_name, ROWS>,
                    #memory,
                ) -> #scalar {
                    #prologue
                    #steps
                    loss
                }
            },
            Goal::Gradient => quote! {
                #(#[doc = #docs])*
                #[inline(always)]
                fn compute_gradient<#generics #simd: #rt::Simd, const ROWS: ::core::primitive::usize>(
                    simd: #simd,
                    network: &#network,
                    inputs: &#rt::Samples<'_, #input_name, ROWS>,
                    targets: &#rt::Samples<'_, #target_name, ROWS>,
                    gradient: &mut #gradient_name,
                    share: #rt::Share<#scalar, impl #rt::Store>,
                    #memory,
                ) -> #scalar {
                    #prologue
                    let rt::Share { scale, store } = share;
                    #steps
                    loss
                }
            },
            Goal::Step => {
                let extra = TokenStream::new();
                self.emit_step_function(planned, &docs, &quote!(take_step), &extra, &steps)
            }
            Goal::GradientFrom { inputs } => {
                let (name, extra) = if inputs {
                    let extra = quote!(input_gradients: &mut [#input_name],);
                    (quote!(compute_gradient_from_to_inputs), extra)
                } else {
                    (quote!(compute_gradient_from), TokenStream::new())
                };
                quote! {
                    #(#[doc = #docs])*
                    #[inline(always)]
                    fn #name<#generics #simd: #rt::Simd, const ROWS: ::core::primitive::usize>(
                        simd: #simd,
                    network: &#network,
                        inputs: &#rt::Samples<'_, #input_name, ROWS>,
                        output_gradients: &#rt::Samples<'_, #output_name, ROWS>,
                        gradient: &mut #gradient_name,
                        #extra
                        #memory,
                    ) {
                        #prologue
                        #steps
                    }
                }
            }
        }
    }

    /// A function that does steps of [`Goal::Step`], all or one of them, on one sample, and returns the loss.
    pub(super) fn emit_step_function(
        &self,
        planned: &Planned,
        docs: &[String],
        name: &TokenStream,
        extra: &TokenStream,
        steps: &TokenStream,
    ) -> TokenStream {
        let Api { rt, scalar, gradient_name, input_name, target_name, optimize, simd, .. } =
            &self.api;
        let (generics, network) = (&self.api.frozen_generics, &self.api.network_type);
        let (places, bindings) = (self.emit_places(planned), self.emit_bindings(planned));
        let width = size(planned.plan.width);
        let memory = self.sign_memory(Goal::Step, &quote!(&mut [[#scalar; #width]; 1]));
        quote! {
            #(#[doc = #docs])*
            #[inline(always)]
            fn #name<#generics #simd: #rt::Simd, #optimize: #rt::InPlace<#gradient_name>>(
                simd: #simd,
                network: &mut #network,
                inputs: &#rt::Samples<'_, #input_name, 1>,
                targets: &#rt::Samples<'_, #target_name, 1>,
                optimizer: &mut #optimize,
                #extra
                #memory,
            ) -> ::core::result::Result<#scalar, #rt::Error> {
                use #rt as rt;
                #places
                #bindings
                let scale: #scalar = 1.0;
                #steps
                ::core::result::Result::Ok(loss)
            }
        }
    }

    /// A constant for each buffer: where it stands in a row.
    fn emit_places(&self, planned: &Planned) -> TokenStream {
        let mut seen = BTreeSet::new();
        let mut places = TokenStream::new();
        for step in &planned.program.steps {
            let access = step.step.access(self.graph, planned.program.goal);
            for buffer in access.buffers() {
                let Some(offset) = planned.plan.offset(buffer) else { continue };
                if seen.insert(buffer) {
                    let name = self.buffer_place(buffer);
                    let (offset, count) = (size(offset), size(count_scalars(self.graph, buffer)));
                    places.extend(quote!(const #name: rt::Place<#offset, #count> = rt::Place;));
                }
            }
        }
        places
    }

    /// What the caller supplies, by the names of the declaration.
    fn emit_bindings(&self, planned: &Planned) -> TokenStream {
        let steps = &planned.program.steps;
        let reads: BTreeSet<Buffer> = steps
            .iter()
            .flat_map(|step| step.step.access(self.graph, planned.program.goal).reads)
            .collect();
        let mut bindings = quote!(let rows = inputs.len(););
        for id in &self.graph.inputs {
            if reads.contains(&Buffer::Value(*id)) {
                let (name, field) = (self.value_local(*id), self.value_field(*id));
                bindings.extend(self.emit_rows(
                    &quote!(inputs),
                    &name,
                    self.has_many_inputs(),
                    &field,
                ));
            }
        }
        if steps.iter().any(|step| matches!(step.step, Step::Loss { .. })) {
            for (index, target) in self.graph.targets.iter().enumerate() {
                let name = self.target_local(index);
                let field = local(&target.name);
                let many = self.graph.targets.len() > 1;
                bindings.extend(self.emit_rows(&quote!(targets), &name, many, &field));
            }
        }
        for step in steps {
            if let Step::Seed { output } = step.step {
                let (name, field) = (self.seed_local(output), &self.source.output_names[output]);
                let many = self.has_many_outputs();
                bindings.extend(self.emit_rows(&quote!(output_gradients), &name, many, field));
            }
        }
        if self.reads_frozen(steps) {
            let frozen = self.visible("Frozen");
            bindings.extend(quote!(
                let frozen: &#frozen = ::core::borrow::Borrow::borrow(&network.frozen);
            ));
        }
        bindings
    }

    /// `let image = inputs.rows();`, or the rows of one field.
    fn emit_rows(
        &self,
        samples: &TokenStream,
        name: &Ident,
        many: bool,
        field: &Ident,
    ) -> TokenStream {
        if many {
            quote! {
                let #name = #samples.map(|sample| &sample.#field);
                let #name = #name.rows();
            }
        } else {
            quote!(let #name = #samples.rows();)
        }
    }

    /// Whether the function of that goal draws random numbers, and has to be told of which step.
    pub fn is_random(&self, goal: Goal) -> bool {
        !goal.is_inference() && self.graph.is_random()
    }

    /// The parameter that is the memory to work in; with it, where random numbers are drawn, which ones.
    pub fn sign_memory(&self, goal: Goal, kind: &TokenStream) -> TokenStream {
        let rt = &self.api.rt;
        match self.is_random(goal) {
            true => quote!((pass, memory): (#rt::Pass, #kind)),
            false => quote!(memory: #kind),
        }
    }

    /// The argument for it.
    pub fn lend_memory(
        &self,
        memory: &TokenStream,
        (step, sample): (&TokenStream, &TokenStream),
    ) -> TokenStream {
        let rt = &self.api.rt;
        match self.graph.is_random() {
            true => quote!((#rt::Pass::new(#step, #sample), #memory)),
            false => memory.clone(),
        }
    }

    fn reads_frozen(&self, steps: &[PlannedStep]) -> bool {
        steps.iter().any(|planned| match planned.step {
            Step::Forward { node } | Step::Delta { node } | Step::InputGradient { node, .. } => {
                let layer = self.graph.node(node).layer.map(|id| self.graph.layer(id));
                layer.is_some_and(|layer| layer.parameters.iter().any(|one| !one.trainable))
            }
            _ => false,
        })
    }
}
