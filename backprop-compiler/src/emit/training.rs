//! Inherent methods of a network that has a loss.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::inference::Method;
use super::names::{local, size};
use crate::graph::ParameterId;
use crate::losses::Target;
use crate::plan::Training;
use crate::program::Step;

/// What can be wrong with a batch that is only looked at.
const BATCH_ERRORS: &str = "Slices of different lengths, no samples, or a class out of range.";

/// Paragraphs, and what can be wrong.
fn describe_errors(paragraphs: &[&str], errors: &str) -> Vec<String> {
    let text = format!("{}\n\n# Errors\n\n{errors}", paragraphs.join("\n\n"));
    text.lines().map(str::to_owned).collect()
}

impl Context<'_> {
    /// Every method of this file; nothing without a loss.
    pub fn emit_training(&self) -> TokenStream {
        let Some(training) = &self.memory.training else { return TokenStream::new() };
        let Context { network_type, frozen_generics, .. } = self;
        let programs = [&training.loss, &training.gradient, &training.step]
            .map(|planned| self.emit_program(planned));
        let check = self.emit_check();
        let batch = self.emit_train_minibatch(training);
        let methods = [
            self.emit_loss_method(training),
            self.emit_backward(training),
            self.emit_train_step(training),
            self.emit_train_batch(false),
            self.emit_train_batch(true),
            self.emit_evaluate(training),
            self.emit_accuracy(),
        ];
        quote! {
            #(#programs)*
            #check
            #batch

            impl<#frozen_generics> #network_type {
                #(#methods)*
            }
        }
    }

    /// Whether a target can be wrong.
    pub fn can_refuse_target(&self) -> bool {
        self.graph.targets.iter().any(|field| matches!(field.target, Target::Class(_)))
    }

    /// What a single sample's target is called in signatures.
    fn target_parameter(&self) -> (Ident, TokenStream) {
        let target_name = &self.target_name;
        match &self.list_targets()[..] {
            [(_, kind, _)] => (local("target"), quote!(&#kind)),
            _ => (local("target"), quote!(&#target_name)),
        }
    }

    /// A result that is an `Err` for a class out of range, where there are classes.
    fn fallible(&self, kind: &TokenStream) -> TokenStream {
        let rt = &self.rt;
        if self.can_refuse_target() {
            quote!(-> ::core::result::Result<#kind, #rt::Error>)
        } else {
            quote!(-> #kind)
        }
    }

    fn check_call(&self) -> TokenStream {
        if self.can_refuse_target() { quote!(check_target(target)?;) } else { TokenStream::new() }
    }

    fn wrap_ok(&self, value: &TokenStream) -> TokenStream {
        if self.can_refuse_target() {
            quote!(::core::result::Result::Ok(#value))
        } else {
            value.clone()
        }
    }

    /// The documentation of `loss` and `backward`.
    fn describe_fallible(&self, summary: &str) -> Vec<String> {
        if self.can_refuse_target() {
            describe_errors(&[summary], "`ClassOutOfRange`.")
        } else {
            vec![summary.to_owned()]
        }
    }

    /// The check of every target of a batch, where one can be wrong.
    fn emit_batch_check(&self) -> Option<TokenStream> {
        self.can_refuse_target().then(|| quote!(batch.check_targets(check_target)?;))
    }

    /// What the samples of a batch are called in signatures.
    fn batch_parameters(&self) -> Vec<(Ident, TokenStream)> {
        let (input_name, target_name) = (&self.input_name, &self.target_name);
        vec![(local("inputs"), quote!(&[#input_name])), (local("targets"), quote!(&[#target_name]))]
    }

    /// The function that looks at a target, where one can be wrong.
    fn emit_check(&self) -> TokenStream {
        if !self.can_refuse_target() {
            return TokenStream::new();
        }
        let Context { rt, scalar, target_name, .. } = self;
        let many = self.graph.targets.len() > 1;
        let checks = self.graph.targets.iter().filter_map(|field| {
            let Target::Class(classes) = field.target else { return None };
            let (name, classes) = (local(&field.name), size(classes));
            let place = if many { quote!(&target.#name) } else { quote!(target) };
            Some(quote!(#rt::ClassTarget::<#scalar, #classes>::check(#place)?;))
        });
        quote! {
            fn check_target(target: &#target_name) -> ::core::result::Result<(), #rt::Error> {
                #(#checks)*
                ::core::result::Result::Ok(())
            }
        }
    }

    fn emit_loss_method(&self, training: &Training) -> TokenStream {
        let (rt, scalar) = (&self.rt, &self.scalar);
        let (input, kind) = self.input_parameter();
        let scratch = self.emit_scratch(training.loss.plan.width, 1);
        let check = self.check_call();
        let result = self.wrap_ok(&quote!(loss));
        self.emit_method(&Method {
            name: "loss",
            docs: self.describe_fallible("The loss of one sample."),
            attributes: if self.can_refuse_target() { quote!() } else { quote!(#[must_use]) },
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: vec![(input.clone(), kind), self.target_parameter()],
            result: self.fallible(scalar),
            purpose: "Step",
            body: quote! {
                #check
                let inputs = #rt::Samples::one(#input);
                let targets = #rt::Samples::one(target);
                let loss = #rt::dispatch!(simd => compute_loss(simd, self, &inputs, &targets, #scratch));
                #result
            },
        })
    }

    fn emit_backward(&self, training: &Training) -> TokenStream {
        let Context { rt, scalar, gradient_name, .. } = self;
        let (input, kind) = self.input_parameter();
        let scratch = self.emit_scratch(training.gradient.plan.width, 1);
        let pass = self.emit_pass(&quote!(0), &quote!(0));
        let check = self.check_call();
        let result = self.wrap_ok(&quote!(loss));
        self.emit_method(&Method {
            name: "backward",
            docs: self.describe_fallible(
                "Adds the gradient of one sample's loss to `gradient`; returns the loss.",
            ),
            attributes: TokenStream::new(),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: vec![
                (input.clone(), kind),
                self.target_parameter(),
                (local("gradient"), quote!(&mut #gradient_name)),
            ],
            result: self.fallible(scalar),
            purpose: "Step",
            body: quote! {
                #check
                let inputs = #rt::Samples::one(#input);
                let targets = #rt::Samples::one(target);
                let loss = #rt::dispatch!(simd => compute_gradient(simd, self, &inputs, &targets, 1.0, gradient, #rt::Add, #pass #scratch));
                #result
            },
        })
    }

    fn emit_train_step(&self, training: &Training) -> TokenStream {
        let Context { rt, scalar, gradient_name, rule, .. } = self;
        let (input, kind) = self.input_parameter();
        let scratch = self.emit_scratch(training.step.plan.width, 1);
        let steps = quote!(#rt::Optimize::<Self, #gradient_name>::steps(optimizer));
        let pass = self.emit_pass(&steps, &quote!(0));
        let check = self.check_call();
        let errors = if self.can_refuse_target() {
            "`ClassOutOfRange`, `NonFiniteLoss`: the network is as it was then."
        } else {
            "`NonFiniteLoss`: the network is as it was then."
        };
        self.emit_method(&Method {
            name: "train_step",
            docs: describe_errors(
                &[
                    "Takes one step on one sample, each layer updated in place; returns the loss \
                     before it.",
                    "A gradient that is not finite although the loss is cannot be refused here, \
                     since there is no buffer to look at first: the next step's loss is then not \
                     finite.",
                ],
                errors,
            ),
            attributes: TokenStream::new(),
            receiver: quote!(&mut self),
            generics: quote!(#rule: #rt::Rule<#scalar>,),
            parameters: vec![
                (input.clone(), kind),
                self.target_parameter(),
                (local("optimizer"), quote!(&mut #rt::Optimizer<#rule, #gradient_name>)),
            ],
            result: quote!(-> ::core::result::Result<#scalar, #rt::Error>),
            purpose: "Step",
            body: quote! {
                #check
                let inputs = #rt::Samples::one(#input);
                let targets = #rt::Samples::one(target);
                #rt::dispatch!(simd => take_step(simd, self, &inputs, &targets, optimizer, #pass #scratch))
            },
        })
    }

    /// The function behind both forms of `train_batch`.
    fn emit_train_minibatch(&self, training: &Training) -> TokenStream {
        let Context { rt, scalar, gradient_name, input_name, target_name, optimize, .. } = self;
        let Context { network_type, frozen_generics, workspace_name, simd, .. } = self;
        let (width, tile) = (size(training.gradient.plan.width), size(self.memory.tile));
        let check = self.emit_batch_check();
        let pass = self.emit_pass(&quote!(step), &quote!(sample));
        let (start, count) = if self.graph.is_random() {
            (
                quote!(let step = optimizer.steps(); let mut sample: ::core::primitive::u64 = 0;),
                quote!(sample += inputs.len() as ::core::primitive::u64;),
            )
        } else {
            (TokenStream::new(), TokenStream::new())
        };
        let tile_gradient = if self.graph.has_shared_layers() {
            quote! {
                // A shared layer's gradient has several summands: a tile adds them up on its own, so
                // that the bits do not depend on how tiles are spread over threads.
                #rt::Parameters::clear(tile_gradient);
                loss += compute_gradient(simd, network, &inputs, &targets, scale, tile_gradient, #rt::Add, #pass memory);
                #rt::Parameters::add(gradient, tile_gradient);
            }
        } else if self.reaches_all(training) {
            quote! {
                // The first tile writes, so that nothing has to be cleared before.
                loss += compute_gradient(
                    simd, network, &inputs, &targets, scale, gradient, #rt::Continue(continues), #pass memory,
                );
                continues = true;
            }
        } else {
            quote! {
                loss += compute_gradient(
                    simd, network, &inputs, &targets, scale, gradient, #rt::Add, #pass memory,
                );
            }
        };
        let clear = if !self.graph.has_shared_layers() && self.reaches_all(training) {
            quote!(let mut continues = false;)
        } else {
            quote!(#rt::Parameters::clear(gradient);)
        };
        let bind_tile = self
            .graph
            .has_shared_layers()
            .then(|| quote!(let tile_gradient = &mut workspace.memory.tile_gradient;));
        quote! {
            #[inline(always)]
            fn train_minibatch<#frozen_generics #simd: #rt::Simd, #optimize: #rt::Optimize<#network_type, #gradient_name>>(
                simd: #simd,
                network: &mut #network_type,
                batch: &#rt::Minibatch<'_, #input_name, #target_name>,
                optimizer: &mut #optimize,
                workspace: &mut #workspace_name,
            ) -> ::core::result::Result<#scalar, #rt::Error> {
                #check
                let count = <#scalar as #rt::Scalar>::from_usize(batch.len());
                let scale = 1.0 / count;
                let gradient = &mut workspace.memory.gradient;
                #bind_tile
                #clear
                let mut loss: #scalar = 0.0;
                #start
                for (inputs, targets) in batch.tiles::<#tile>() {
                    let memory =
                        #rt::Scratch::<#scalar>::scratch::<#width, #tile>(&mut workspace.memory.memory);
                    #tile_gradient
                    #count
                }
                let loss = #rt::check_finite(loss / count)?;
                #rt::check_gradient(gradient)?;
                optimizer.step(network, gradient);
                ::core::result::Result::Ok(loss)
            }
        }
    }

    /// Whether the loss reaches every trainable parameter.
    fn reaches_all(&self, training: &Training) -> bool {
        let is_reached = |id: ParameterId| {
            training.gradient.program.steps.iter().any(|planned| {
                matches!(planned.step, Step::ParameterGradient { parameter, .. } if parameter == id)
            })
        };
        let ids = self.graph.parameter_ids();
        ids.into_iter().all(|id| !self.graph.parameter(id).trainable || is_reached(id))
    }

    fn emit_train_batch(&self, indexed: bool) -> TokenStream {
        let Context { rt, scalar, gradient_name, optimize, .. } = self;
        let mut parameters = self.batch_parameters();
        let (name, docs, batch) = if indexed {
            parameters.push((local("indices"), quote!(&[usize])));
            (
                "train_batch_indexed",
                "Takes one step on the mean over the samples of these indices; returns the mean loss \
                 before it.",
                quote!(#rt::Minibatch::indexed(inputs, targets, indices)?),
            )
        } else {
            (
                "train_batch",
                "Takes one step on the mean over the samples; returns the mean loss before it.",
                quote!(#rt::Minibatch::all(inputs, targets)?),
            )
        };
        parameters.push((local("optimizer"), quote!(&mut #optimize)));
        self.emit_method(&Method {
            name,
            docs: describe_errors(
                &[docs],
                "Slices of different lengths, an empty batch, a class or an index out of range, a loss \
                 or a gradient that is not finite: the network is as it was then.",
            ),
            attributes: TokenStream::new(),
            receiver: quote!(&mut self),
            generics: quote!(#optimize: #rt::Optimize<Self, #gradient_name>,),
            parameters,
            result: quote!(-> ::core::result::Result<#scalar, #rt::Error>),
            purpose: "Batch",
            body: quote! {
                let batch = #batch;
                #rt::dispatch!(simd => train_minibatch(simd, self, &batch, optimizer, workspace))
            },
        })
    }

    fn emit_evaluate(&self, training: &Training) -> TokenStream {
        let Context { rt, scalar, .. } = self;
        let tile = size(self.memory.tile);
        let scratch = self.emit_scratch(training.loss.plan.width, self.memory.tile);
        let check = self.emit_batch_check();
        self.emit_method(&Method {
            name: "evaluate",
            docs: describe_errors(&["The mean loss over the samples."], BATCH_ERRORS),
            attributes: TokenStream::new(),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: self.batch_parameters(),
            result: quote!(-> ::core::result::Result<#scalar, #rt::Error>),
            purpose: "Batch",
            body: quote! {
                let batch = #rt::Minibatch::all(inputs, targets)?;
                #check
                let mut loss: #scalar = 0.0;
                for (inputs, targets) in batch.tiles::<#tile>() {
                    loss += #rt::dispatch!(simd => compute_loss(simd, self, &inputs, &targets, #scratch));
                }
                ::core::result::Result::Ok(
                    loss / <#scalar as #rt::Scalar>::from_usize(batch.len()),
                )
            },
        })
    }

    fn emit_accuracy(&self) -> TokenStream {
        let Some(output) = self.class_output() else { return TokenStream::new() };
        let Context { rt, scalar, .. } = self;
        let value = self.graph.outputs[output].value;
        let term = self.graph.terms.iter().find(|term| {
            term.value == value
                && matches!(self.graph.targets[term.target].target, Target::Class(_))
        });
        let Some(term) = term else { return TokenStream::new() };
        let field = local(&self.graph.targets[term.target].name);
        let right =
            if self.graph.targets.len() > 1 { quote!(target.#field) } else { quote!(*target) };
        self.emit_method(&Method {
            name: "accuracy",
            docs: vec![
                "The share of samples whose predicted class is the target's, from 0 to 1."
                    .to_owned(),
                String::new(),
                "# Errors".to_owned(),
                String::new(),
                "Slices of different lengths, no samples, or a class out of range.".to_owned(),
            ],
            attributes: TokenStream::new(),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: self.batch_parameters(),
            result: quote!(-> ::core::result::Result<#scalar, #rt::Error>),
            purpose: "Batch",
            body: quote! {
                let batch = #rt::Minibatch::all(inputs, targets)?;
                batch.check_targets(check_target)?;
                let mut right: usize = 0;
                for (input, target) in ::core::iter::zip(inputs, targets) {
                    if self.predict_with(input, workspace) == #right {
                        right += 1;
                    }
                }
                ::core::result::Result::Ok(
                    <#scalar as #rt::Scalar>::from_usize(right)
                        / <#scalar as #rt::Scalar>::from_usize(batch.len()),
                )
            },
        })
    }
}
