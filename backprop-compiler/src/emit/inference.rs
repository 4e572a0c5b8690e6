//! Inherent methods that compute outputs, and gradients from the caller's dJ/dy.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::names::{doc, local, size};
use crate::losses::Target;

/// A method that needs memory, in two forms: with an explicit workspace, and, where that is small, one
/// that has its own on the stack.
pub struct Method {
    /// The name of the short form.
    pub name: &'static str,
    /// What both say about themselves.
    pub docs: Vec<String>,
    /// Attributes of both.
    pub attributes: TokenStream,
    /// `&self` or `&mut self`.
    pub receiver: TokenStream,
    /// Generic parameters of both.
    pub generics: TokenStream,
    /// Parameters behind the receiver.
    pub parameters: Vec<(Ident, TokenStream)>,
    /// `-> T`, or nothing.
    pub result: TokenStream,
    /// `Inference`, `Step` or `Batch`: the least workspace that will do.
    pub purpose: &'static str,
    /// The body of the long form, which has a `workspace`.
    pub body: TokenStream,
}

impl Context<'_> {
    /// Both forms of a method.
    pub fn emit_method(&self, method: &Method) -> TokenStream {
        let Method { name, attributes, receiver, generics, result, body, .. } = method;
        let (rt, workspace) = (&self.rt, &self.workspace_name);
        let (short, long) = (local(name), local(&format!("{name}_with")));
        let names: Vec<&Ident> = method.parameters.iter().map(|(name, _)| name).collect();
        let kinds: Vec<&TokenStream> = method.parameters.iter().map(|(_, kind)| kind).collect();
        let purpose = Ident::new(method.purpose, Span::call_site());
        let (bytes, bound) = match method.purpose {
            "Inference" => (self.memory.inference_bytes, Some(quote!(Purpose))),
            "Step" => (self.memory.step_bytes, Some(quote!(HoldsStep))),
            _ => (self.memory.batch_bytes, None),
        };
        let (memory_generics, memory_type) = match bound {
            Some(bound) => {
                let generic = &self.purpose;
                (quote!(#generic: #rt::#bound), quote!(#workspace<#generic>))
            }
            None => (TokenStream::new(), quote!(#workspace)),
        };
        let docs: Vec<String> = method.docs.iter().map(|line| doc(line)).collect();
        let long_docs = format!(" [`{name}`](Self::{name}), in the caller's workspace.");
        let stack = self.fits_stack(bytes).then(|| {
            quote! {
                #(#[doc = #docs])*
                #attributes
                pub fn #short<#generics>(#receiver, #(#names: #kinds),*) #result {
                    let mut workspace = #workspace::<#rt::#purpose>::new();
                    self.#long(#(#names,)* &mut workspace)
                }
            }
        });
        let rest = docs.iter().skip(1);
        let long_docs = if stack.is_some() { long_docs } else { docs[0].clone() };
        quote! {
            #stack

            #[doc = #long_docs]
            #(#[doc = #rest])*
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

    /// What a single sample's input is called in signatures.
    pub fn input_parameter(&self) -> (Ident, TokenStream) {
        let scalar = &self.scalar;
        let input_name = &self.input_name;
        if let [id] = self.graph.inputs[..] {
            let name = self.value_local(id);
            let count = size(self.graph.value(id).shape.count());
            return (name, quote!(&[#scalar; #count]));
        }
        (local("input"), quote!(&#input_name))
    }

    /// The type of a single sample's output in signatures.
    pub fn output_type(&self) -> TokenStream {
        let (scalar, output_name) = (&self.scalar, &self.output_name);
        if let [output] = &self.graph.outputs[..] {
            let count = size(self.graph.value(output.value).shape.count());
            return quote!([#scalar; #count]);
        }
        quote!(#output_name)
    }

    /// `<[[f32; 10]; 1] as Scratch>::scratch(&mut workspace.memory)`
    pub fn emit_scratch(&self, width: usize, rows: usize) -> TokenStream {
        let (rt, scalar) = (&self.rt, &self.scalar);
        let (width, rows) = (size(width), size(rows));
        quote!(#rt::Scratch::<#scalar>::scratch::<#width, #rows>(&mut workspace.memory))
    }

    /// The one output that has a class target, if there is one.
    pub fn class_output(&self) -> Option<usize> {
        let classes = self
            .graph
            .terms
            .iter()
            .filter(|term| matches!(self.graph.targets[term.target].target, Target::Class(_)));
        let mut values: Vec<_> = classes.map(|term| term.value).collect();
        values.dedup();
        match values[..] {
            [value] => self.graph.outputs.iter().position(|output| output.value == value),
            _ => None,
        }
    }

    /// Every method of this file.
    pub fn emit_inference(&self) -> TokenStream {
        let Context { network_type, frozen_generics, memory, .. } = self;
        let programs = [&memory.forward, &memory.gradient_from, &memory.gradient_from_inputs]
            .map(|planned| self.emit_program(planned));
        let methods = [
            self.emit_forward(),
            self.emit_forward_batch(),
            self.emit_predict(),
            self.emit_backward_from(false),
            self.emit_backward_from(true),
        ];
        let zeros = self.emit_zero_data();
        quote! {
            #(#programs)*
            #zeros

            impl<#frozen_generics> #network_type {
                #(#methods)*
            }
        }
    }

    fn emit_forward(&self) -> TokenStream {
        let rt = &self.rt;
        let (input, kind) = self.input_parameter();
        let output = self.output_type();
        let scratch = self.emit_scratch(self.memory.forward.plan.width, 1);
        self.emit_method(&Method {
            name: "forward",
            docs: vec!["Computes the output of one sample.".to_owned()],
            attributes: quote!(#[must_use] #[inline]),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: vec![(input.clone(), kind)],
            result: quote!(-> #output),
            purpose: "Inference",
            body: quote! {
                let mut output = <#output as #rt::Zero>::ZERO;
                let inputs = #rt::Samples::one(#input);
                compute_outputs(self, &inputs, ::core::slice::from_mut(&mut output), #scratch);
                output
            },
        })
    }

    fn emit_forward_batch(&self) -> TokenStream {
        let Context { rt, input_name, output_name, workspace_name, .. } = self;
        let tile = size(self.memory.tile);
        let scratch = self.emit_scratch(self.memory.forward.plan.width, self.memory.tile);
        quote! {
            /// Computes the outputs of many samples, a tile at a time.
            ///
            /// # Errors
            ///
            /// `LengthMismatch` if there are not as many outputs as inputs.
            pub fn forward_batch(
                &self,
                inputs: &[#input_name],
                outputs: &mut [#output_name],
                workspace: &mut #workspace_name,
            ) -> ::core::result::Result<(), #rt::Error> {
                #rt::check_lengths(inputs.len(), outputs.len())?;
                for (inputs, outputs) in
                    ::core::iter::zip(inputs.chunks(#tile), outputs.chunks_mut(#tile))
                {
                    if let ::core::option::Option::Some(inputs) = #rt::Samples::collect(inputs.iter()) {
                        compute_outputs(self, &inputs, outputs, #scratch);
                    }
                }
                ::core::result::Result::Ok(())
            }
        }
    }

    fn emit_predict(&self) -> TokenStream {
        let Some(output) = self.class_output() else { return TokenStream::new() };
        let rt = &self.rt;
        let (input, kind) = self.input_parameter();
        let name = &self.source.output_names[output];
        let place = if self.has_many_outputs() { quote!(output.#name) } else { quote!(output) };
        self.emit_method(&Method {
            name: "predict",
            docs: vec![format!("The class of one sample: the index of the largest of `{name}`.")],
            attributes: quote!(#[must_use]),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters: vec![(input.clone(), kind)],
            result: quote!(-> ::core::primitive::u32),
            purpose: "Inference",
            body: quote! {
                let output = self.forward_with(#input, workspace);
                #rt::classes::argmax(&#place)
            },
        })
    }

    fn emit_backward_from(&self, inputs: bool) -> TokenStream {
        let Context { rt, gradient_name, input_name, memory, .. } = self;
        let (input, kind) = self.input_parameter();
        let output = self.output_type();
        let mut parameters = vec![
            (input.clone(), kind),
            (local("output_gradient"), quote!(&#output)),
            (local("gradient"), quote!(&mut #gradient_name)),
        ];
        let (name, docs, program, extra, planned) = if inputs {
            parameters.push((local("input_gradient"), quote!(&mut #input_name)));
            (
                "backward_from_to_input",
                "Adds to `gradient` what follows from dJ/dy of the outputs, and writes dJ/dx.",
                quote!(compute_gradient_from_to_inputs),
                quote!(::core::slice::from_mut(input_gradient),),
                &memory.gradient_from_inputs,
            )
        } else {
            (
                "backward_from",
                "Adds to `gradient` what follows from dJ/dy of the outputs.",
                quote!(compute_gradient_from),
                TokenStream::new(),
                &memory.gradient_from,
            )
        };
        let scratch = self.emit_scratch(planned.plan.width, 1);
        let pass = self.emit_pass(&quote!(0), &quote!(0));
        self.emit_method(&Method {
            name,
            docs: vec![docs.to_owned()],
            attributes: TokenStream::new(),
            receiver: quote!(&self),
            generics: TokenStream::new(),
            parameters,
            result: TokenStream::new(),
            purpose: "Batch",
            body: quote! {
                let inputs = #rt::Samples::one(#input);
                let output_gradients = #rt::Samples::one(output_gradient);
                #program(self, &inputs, &output_gradients, gradient, #extra #pass #scratch);
            },
        })
    }
}
