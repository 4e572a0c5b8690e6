//! What each method takes, returns and says about itself.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::STACK_BYTES;
use super::api::{Api, Method, StreamApi};
use super::names::{local, size};

/// What can be wrong with a batch that is only looked at.
const BATCH_ERRORS: &str = "Slices of different lengths, no samples, or a class out of range.";

/// What can be wrong with a batch that is learnt from.
const TRAINING_ERRORS: &str = "Slices of different lengths, an empty batch, a class or an index out of \
     range, a loss or a gradient that is not finite: the network is as it was then.";

/// A method but for its body.
pub struct Signature {
    /// What both forms say about themselves.
    pub docs: Vec<String>,
    pub attributes: TokenStream,
    pub generics: TokenStream,
    /// Behind the receiver.
    pub parameters: Vec<(Ident, TokenStream)>,
    /// `-> T`, or nothing.
    pub result: TokenStream,
}

impl Api {
    /// `None` where a type in it is unknown, or there is no such method.
    pub fn sign(&self, method: Method) -> Option<Signature> {
        let Self { rt, scalar, input_name, output_name, target_name, gradient_name, .. } = self;
        let optimize = &self.optimize;
        let input = self.input.clone()?;
        let result = self.result();
        let nothing = TokenStream::new;
        let unknown_target = self.unknown_target.iter();
        let any_target = quote!(#(#unknown_target,)*);
        let gradient = || (local("gradient"), quote!(&mut #gradient_name));
        let target = || Some((local("target"), self.target.as_ref().map(|kind| quote!(&#kind))?));
        let inputs = || (local("inputs"), quote!(&[#input_name]));
        let samples = || {
            self.target.as_ref()?;
            let kind = self.unknown_target.as_ref().unwrap_or(target_name);
            Some(vec![inputs(), (local("targets"), quote!(&[#kind]))])
        };
        Some(match method {
            Method::Forward => {
                let output = self.output.as_ref()?;
                Signature {
                    docs: vec!["Computes the output of one sample.".to_owned()],
                    attributes: quote!(#[must_use] #[inline]),
                    generics: nothing(),
                    parameters: vec![input],
                    result: quote!(-> #output),
                }
            }
            Method::ForwardBatch => {
                self.output.as_ref()?;
                Signature {
                    docs: describe_errors(
                        &["Computes the outputs of many samples, a tile at a time."],
                        "`LengthMismatch` if there are not as many outputs as inputs.",
                    ),
                    attributes: nothing(),
                    generics: nothing(),
                    parameters: vec![inputs(), (local("outputs"), quote!(&mut [#output_name]))],
                    result: quote!(-> ::core::result::Result<(), #rt::Error>),
                }
            }
            Method::Step => {
                let StreamApi { state_name, sample, output, .. } = self.stream.as_ref()?;
                Signature {
                    docs: vec![
                        "Computes the output of one step, and takes the state on to the next: what `forward` \
                         computes of the whole sequence, a step at a time."
                            .to_owned(),
                    ],
                    attributes: quote!(#[inline]),
                    generics: nothing(),
                    parameters: vec![(local("state"), quote!(&mut #state_name)), sample.clone()],
                    result: quote!(-> #output),
                }
            }
            Method::Predict => {
                let docs = match (&self.class_output, &self.unknown_target) {
                    (Some(output), _) => format!(
                        "The class of one sample: the index of the largest of `{}`.",
                        output.name
                    ),
                    (None, Some(_)) => String::new(),
                    (None, None) => return None,
                };
                Signature {
                    docs: vec![docs],
                    attributes: quote!(#[must_use]),
                    generics: nothing(),
                    parameters: vec![input],
                    result: quote!(-> ::core::primitive::u32),
                }
            }
            Method::BackwardFrom | Method::BackwardFromToInput => {
                let output = self.output.as_ref()?;
                let mut docs =
                    "Adds to `gradient` what follows from dJ/dy of the outputs".to_owned();
                let mut parameters =
                    vec![input, (local("output_gradient"), quote!(&#output)), gradient()];
                if method == Method::BackwardFromToInput {
                    docs.push_str(", and writes dJ/dx");
                    parameters.push((local("input_gradient"), quote!(&mut #input_name)));
                }
                Signature {
                    docs: vec![format!("{docs}.")],
                    attributes: nothing(),
                    generics: nothing(),
                    parameters,
                    result: nothing(),
                }
            }
            // What it returns depends on the target.
            Method::Loss | Method::Backward if self.unknown_target.is_some() => return None,
            Method::Loss | Method::Backward => {
                let mut parameters = vec![input, target()?];
                let mut attributes = nothing();
                let summary = if method == Method::Loss {
                    if !self.can_refuse {
                        attributes = quote!(#[must_use]);
                    }
                    "The loss of one sample."
                } else {
                    parameters.push(gradient());
                    "Adds the gradient of one sample's loss to `gradient`; returns the loss."
                };
                let docs = if self.can_refuse {
                    describe_errors(&[summary], "`ClassOutOfRange`.")
                } else {
                    vec![summary.to_owned()]
                };
                let result = if self.can_refuse { result } else { scalar.clone() };
                let (generics, result) = (nothing(), quote!(-> #result));
                Signature { docs, attributes, generics, parameters, result }
            }
            Method::TrainStep => Signature {
                docs: describe_errors(
                    &[
                        "Takes one step on one sample, each layer updated in place; returns the loss \
                         before it.",
                        "A gradient that is not finite although the loss is cannot be refused here, \
                         since there is no buffer to look at first: the next step's loss is then not \
                         finite.",
                    ],
                    if self.can_refuse {
                        "`ClassOutOfRange`, `NonFiniteLoss`: the network is as it was then."
                    } else {
                        "`NonFiniteLoss`: the network is as it was then."
                    },
                ),
                attributes: nothing(),
                generics: quote!(#any_target #optimize: #rt::InPlace<#gradient_name>,),
                parameters: vec![input, target()?, (local("optimizer"), quote!(&mut #optimize))],
                result: quote!(-> #result),
            },
            Method::TrainStepPart => Signature {
                docs: describe_errors(
                    &[
                        "Does the next part of a training step on one sample, a layer forward, the loss or one \
                         gradient with its update, and returns the loss once the step is complete: after as \
                         many calls as `STEP_PARTS` says, which together do what `train_step` does, to the same \
                         bits.",
                        "Until then the sample, the optimizer, the workspace and the parameters must stay what \
                         they are. For schedulers whose tasks may run for no longer than so much.",
                    ],
                    if self.can_refuse {
                        "`ClassOutOfRange`, `NonFiniteLoss`: the network is as it was before the step, and the \
                         next call begins another."
                    } else {
                        "`NonFiniteLoss`: the network is as it was before the step, and the next call begins \
                         another."
                    },
                ),
                attributes: nothing(),
                generics: quote!(#any_target #optimize: #rt::InPlace<#gradient_name>,),
                parameters: vec![
                    input,
                    target()?,
                    (local("optimizer"), quote!(&mut #optimize)),
                    (local("progress"), quote!(&mut #rt::StepProgress<#scalar>)),
                ],
                result: quote!(
                    -> ::core::result::Result<::core::option::Option<#scalar>, #rt::Error>
                ),
            },
            Method::TrainBatch | Method::TrainBatchIndexed => {
                let mut parameters = samples()?;
                let docs = if method == Method::TrainBatchIndexed {
                    parameters.push((local("indices"), quote!(&[::core::primitive::usize])));
                    "Takes one step on the mean over the samples of these indices; returns the mean \
                     loss before it."
                } else {
                    "Takes one step on the mean over the samples; returns the mean loss before it."
                };
                parameters.push((local("optimizer"), quote!(&mut #optimize)));
                Signature {
                    docs: describe_errors(&[docs], TRAINING_ERRORS),
                    attributes: nothing(),
                    generics: quote!(#any_target #optimize: #rt::Optimize<Self, #gradient_name>,),
                    parameters,
                    result: quote!(-> #result),
                }
            }
            Method::Evaluate => Signature {
                docs: describe_errors(&["The mean loss over the samples."], BATCH_ERRORS),
                attributes: nothing(),
                generics: any_target,
                parameters: samples()?,
                result: quote!(-> #result),
            },
            Method::Accuracy => {
                if self.class_output.is_none() && self.unknown_target.is_none() {
                    return None;
                }
                Signature {
                    docs: describe_errors(
                        &[
                            "The share of samples whose predicted class is the target's, from 0 to 1.",
                        ],
                        BATCH_ERRORS,
                    ),
                    attributes: nothing(),
                    generics: any_target,
                    parameters: samples()?,
                    result: quote!(-> #result),
                }
            }
            Method::Confusion => {
                let output = self.class_output.as_ref()?;
                if output.count_bytes() > STACK_BYTES {
                    return None;
                }
                let classes = size(output.classes);
                Signature {
                    docs: describe_errors(
                        &["How often each true class was predicted as each class."],
                        BATCH_ERRORS,
                    ),
                    attributes: nothing(),
                    generics: any_target,
                    parameters: samples()?,
                    result: quote!(
                        -> ::core::result::Result<#rt::Confusion<#classes>, #rt::Error>
                    ),
                }
            }
        })
    }
}

/// Paragraphs, and what can be wrong.
fn describe_errors(paragraphs: &[&str], errors: &str) -> Vec<String> {
    let text = format!("{}\n\n# Errors\n\n{errors}", paragraphs.join("\n\n"));
    text.lines().map(str::to_owned).collect()
}
