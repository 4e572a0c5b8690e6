//! The methods of a network and of its traits, in one list: what [`inference`](super::inference) and
//! [`training`](super::training) fill with code is what a declaration with an error gets as stubs.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::names::{doc, local};
use super::signatures::Signature;

/// An inherent method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is documented by what it generates")]
pub enum Method {
    Forward,
    ForwardBatch,
    Step,
    Predict,
    BackwardFrom,
    BackwardFromToInput,
    Loss,
    Backward,
    TrainStep,
    TrainStepPart,
    TrainBatch,
    TrainBatchIndexed,
    Evaluate,
    Accuracy,
    Confusion,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 15] = [
        Self::Forward,
        Self::ForwardBatch,
        Self::Step,
        Self::Predict,
        Self::BackwardFrom,
        Self::BackwardFromToInput,
        Self::Loss,
        Self::Backward,
        Self::TrainStep,
        Self::TrainStepPart,
        Self::TrainBatch,
        Self::TrainBatchIndexed,
        Self::Evaluate,
        Self::Accuracy,
        Self::Confusion,
    ];

    /// The short form, which brings its own workspace.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::ForwardBatch => "forward_batch",
            Self::Step => "step",
            Self::Predict => "predict",
            Self::BackwardFrom => "backward_from",
            Self::BackwardFromToInput => "backward_from_to_input",
            Self::Loss => "loss",
            Self::Backward => "backward",
            Self::TrainStep => "train_step",
            Self::TrainStepPart => "train_step_part",
            Self::TrainBatch => "train_batch",
            Self::TrainBatchIndexed => "train_batch_indexed",
            Self::Evaluate => "evaluate",
            Self::Accuracy => "accuracy",
            Self::Confusion => "confusion",
        }
    }

    /// The form that takes the workspace as its last argument.
    pub fn long_name(self) -> Ident {
        format_ident!("{}_with", self.name())
    }

    /// The least workspace that will do: `Inference`, `Step` or `Batch`.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Forward | Self::Step | Self::Predict => "Inference",
            Self::Loss | Self::Backward | Self::TrainStep | Self::TrainStepPart => "Step",
            _ => "Batch",
        }
    }

    pub fn changes_the_network(self) -> bool {
        matches!(
            self,
            Self::TrainStep | Self::TrainStepPart | Self::TrainBatch | Self::TrainBatchIndexed
        )
    }

    /// Whether the memory must outlive the call, so that there is no short form.
    pub fn leaves_work(self) -> bool {
        self == Self::TrainStepPart
    }
}

/// The one output that has a class target.
#[derive(Clone)]
pub struct ClassOutput {
    pub name: String,
    pub classes: usize,
}

impl ClassOutput {
    /// Bytes of the counts that `confusion` returns.
    pub fn count_bytes(&self) -> usize {
        self.classes.saturating_mul(self.classes).saturating_mul(size_of::<u32>())
    }
}

/// What a step takes and returns.
#[derive(Clone)]
pub struct StreamApi {
    pub state_name: Ident,
    pub sample_name: Ident,
    pub output_name: Ident,
    /// The parameter that is the sample of one step.
    pub sample: (Ident, TokenStream),
    /// The type of what is computed from it.
    pub output: TokenStream,
}

/// What signatures are made of.
#[derive(Clone)]
pub struct Api {
    /// `$crate::__private`
    pub rt: TokenStream,
    /// `f32` or `f64`
    pub scalar: TokenStream,
    /// `Digits`, or `Digits<F>` where parameters are frozen.
    pub network_type: TokenStream,
    /// Nothing, or `F: Borrow<DigitsFrozen>,`.
    pub frozen_generics: TokenStream,
    /// The types of one sample and of the gradient.
    pub input_name: Ident,
    pub output_name: Ident,
    pub target_name: Ident,
    pub gradient_name: Ident,
    pub workspace_name: Ident,
    /// Names of generic parameters: `P`, `O` and `S`, unless the network itself has that name.
    pub purpose: Ident,
    pub optimize: Ident,
    pub simd: Ident,
    /// The parameter that is one sample's input; like the next two, `None` where it is not known.
    pub input: Option<(Ident, TokenStream)>,
    /// The type of one sample's output.
    pub output: Option<TokenStream>,
    /// Of a network that runs sample by sample.
    pub stream: Option<StreamApi>,
    /// The type of one sample's target: `None` without a loss as well.
    pub target: Option<TokenStream>,
    /// A generic parameter in place of a target that is not known, in stubs.
    pub unknown_target: Option<Ident>,
    /// Whether a target can be wrong.
    pub can_refuse: bool,
    /// Whether training takes statistics of tiles, so that a single sample is nothing to learn from.
    pub needs_tiles: bool,
    /// The one output that has a class target, if there is one.
    pub class_output: Option<ClassOutput>,
}

impl Api {
    /// `Result<f32, Error>`
    pub fn result(&self) -> TokenStream {
        let Self { rt, scalar, .. } = self;
        quote!(::core::result::Result<#scalar, #rt::Error>)
    }

    /// Both forms of a method; nothing where a type in it is unknown. The short form of one that does
    /// not fit the stack is there to say so.
    pub fn emit_method(&self, method: Method, body: &TokenStream, fits: bool) -> TokenStream {
        let (workspace, long) = (&self.workspace_name, method.long_name());
        let purpose = Ident::new(method.purpose(), Span::call_site());
        let (rt, names) = (&self.rt, self.list_arguments(method));
        let short = quote! {
            let mut workspace = #workspace::<#rt::#purpose>::new();
            self.#long(#(#names,)* &mut workspace)
        };
        self.emit_forms(method, &short, body, fits)
    }

    /// Both forms, each with what it does.
    pub fn emit_forms(
        &self,
        method: Method,
        short_body: &TokenStream,
        body: &TokenStream,
        fits: bool,
    ) -> TokenStream {
        let Some(signature) = self.sign(method) else { return TokenStream::new() };
        let Signature { docs, attributes, generics, parameters, result } = signature;
        let (rt, workspace) = (&self.rt, &self.workspace_name);
        let (short, long) = (local(method.name()), method.long_name());
        let receiver = if method.changes_the_network() { quote!(&mut self) } else { quote!(&self) };
        let (names, kinds): (Vec<Ident>, Vec<TokenStream>) = parameters.into_iter().unzip();
        let generic = &self.purpose;
        let (memory_generics, memory_type) = match method.purpose() {
            "Inference" => (quote!(#generic: #rt::Purpose), quote!(#workspace<#generic>)),
            "Step" => (quote!(#generic: #rt::HoldsStep), quote!(#workspace<#generic>)),
            _ => (TokenStream::new(), quote!(#workspace)),
        };
        let docs: Vec<String> = docs.iter().map(|line| doc(line)).collect();
        let bound = self.emit_bound(fits, &quote!(FitsTheStack));
        let short_form = (!method.leaves_work()).then(|| {
            quote! {
                #(#[doc = #docs])*
                #attributes
                pub fn #short<#generics>(#receiver, #(#names: #kinds),*) #result #bound {
                    #short_body
                }
            }
        });
        let mut long_docs = docs.clone();
        if let (Some(_), Some(first)) = (&short_form, long_docs.first_mut()) {
            *first = format!(" [`{short}`](Self::{short}), in the caller's workspace.");
        }
        quote! {
            #short_form

            #(#[doc = #long_docs])*
            #attributes
            pub fn #long<#generics #memory_generics>(
                #receiver,
                #(#names: #kinds,)*
                workspace: &mut #memory_type,
            ) #result {
                #body
            }
        }
    }

    /// Nothing, or a bound that never holds and says why. With a lifetime in it rustc looks at it where
    /// the method is called rather than here.
    pub fn emit_bound(&self, fits: bool, bound: &TokenStream) -> TokenStream {
        let rt = &self.rt;
        if fits { TokenStream::new() } else { quote!(where for<'too_large> Self: #rt::#bound) }
    }

    /// `Network`, `Differentiable` and, with a loss, `Trainable`, as far as their types are known.
    pub fn emit_traits(&self, body: impl Fn(Method) -> TokenStream) -> TokenStream {
        let Self { rt, scalar, network_type, frozen_generics, .. } = self;
        let Self { input_name, output_name, target_name, gradient_name, workspace_name, .. } = self;
        if self.input.is_none() || self.output.is_none() {
            return TokenStream::new();
        }
        let methods = |methods: &[Method]| -> TokenStream {
            methods.iter().map(|method| self.emit_trait_method(*method, &body(*method))).collect()
        };
        let network = methods(&[Method::Forward, Method::ForwardBatch]);
        let differentiable = methods(&[Method::BackwardFrom, Method::BackwardFromToInput]);
        let streaming = self.stream.as_ref().map(|stream| {
            let StreamApi { state_name, sample_name, output_name, .. } = stream;
            let step = methods(&[Method::Step]);
            quote! {
                impl<#frozen_generics> #rt::Streaming for #network_type {
                    type State = #state_name;
                    type Sample = #sample_name;
                    type StepOutput = #output_name;
                    #step
                }
            }
        });
        let trainable = self.is_trainable().then(|| {
            let methods = methods(&[
                Method::Loss,
                Method::Backward,
                Method::TrainStep,
                Method::TrainStepPart,
                Method::TrainBatch,
                Method::TrainBatchIndexed,
                Method::Evaluate,
            ]);
            quote! {
                impl<#frozen_generics> #rt::Trainable for #network_type {
                    type Target = #target_name;
                    #methods
                }
            }
        });
        quote! {
            impl<#frozen_generics> #rt::Network for #network_type {
                type Scalar = #scalar;
                type Input = #input_name;
                type Output = #output_name;
                type Workspace = #workspace_name;
                #network
            }

            impl<#frozen_generics> #rt::Differentiable for #network_type {
                type Gradient = #gradient_name;
                #differentiable
            }

            #streaming
            #trainable
        }
    }

    /// Whether all types are known that `Trainable` names.
    pub fn is_trainable(&self) -> bool {
        let is_known = self.input.is_some() && self.output.is_some();
        is_known && self.target.is_some() && self.unknown_target.is_none()
    }

    fn emit_trait_method(&self, method: Method, body: &TokenStream) -> TokenStream {
        let Some(signature) = self.sign(method) else { return TokenStream::new() };
        let (name, workspace) = (local(method.name()), &self.workspace_name);
        let receiver = if method.changes_the_network() { quote!(&mut self) } else { quote!(&self) };
        let (names, kinds): (Vec<Ident>, Vec<TokenStream>) =
            signature.parameters.into_iter().unzip();
        let generics = signature.generics;
        // Generic code does not know whether a target can be wrong.
        let result = match method {
            Method::Loss | Method::Backward => {
                let result = self.result();
                quote!(-> #result)
            }
            _ => signature.result,
        };
        quote! {
            #[inline]
            fn #name<#generics>(
                #receiver,
                #(#names: #kinds,)*
                workspace: &mut #workspace,
            ) #result {
                #body
            }
        }
    }

    /// The arguments of a method, as its long form takes them.
    pub fn list_arguments(&self, method: Method) -> Vec<Ident> {
        let parameters = self.sign(method).map(|signature| signature.parameters);
        parameters.into_iter().flatten().map(|(name, _)| name).collect()
    }
}
