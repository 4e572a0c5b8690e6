//! What a declaration with an error expands to: the struct and its methods' signatures, so that the
//! code that uses the network gets no errors of its own. Where a shape is unknown, what depends on it
//! is left out.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::{add_suffix, local};
use crate::ast::Declaration;
use crate::infer::Interface;
use crate::losses::Target;

/// The stubs of a declaration.
#[must_use]
pub fn emit_stubs(declaration: &Declaration, interface: &Interface) -> TokenStream {
    let Declaration { facade, visibility, name, attributes, .. } = declaration;
    let rt = quote!(#facade::__private);
    let scalar = if declaration.items.iter().any(is_f64) {
        quote!(::core::primitive::f64)
    } else {
        quote!(::core::primitive::f32)
    };
    let suffixed = |suffix: &str| add_suffix(name, suffix);
    let (gradient, workspace) = (suffixed("Gradient"), suffixed("Workspace"));
    let input = emit_data(&suffixed("Input"), visibility, &list(&interface.inputs, &scalar));
    let output = emit_data(&suffixed("Output"), visibility, &list(&interface.outputs, &scalar));
    let targets = list_targets(interface, &scalar);
    let target = emit_data(&suffixed("Target"), visibility, &targets);
    let methods = emit_methods(&rt, &scalar, &suffixed, [&input, &output, &target], interface);
    let traits = emit_traits(&rt, &scalar, &suffixed, [&input, &output, &target], name);
    let types = [input, output, target].into_iter().flatten();
    quote! {
        #(#attributes)*
        #[allow(missing_docs, dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #visibility struct #name;
        #[allow(missing_docs, dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default, ::core::cmp::PartialEq)]
        #visibility struct #gradient;
        #[allow(missing_docs, dead_code)]
        #[derive(::core::fmt::Debug)]
        #visibility struct #workspace<P: #rt::Purpose = #rt::Batch>(
            ::core::marker::PhantomData<P>,
        );
        #(#types)*
        const _: () = {
            #[allow(missing_docs, dead_code, unused_variables)]
            impl #name {
                pub const ZERO: Self = Self;
                pub const PARAMETERS: usize = 0;
                pub const TRAINABLE_PARAMETERS: usize = 0;
                pub const PARAMETER_BYTES: usize = 0;
                pub const INFERENCE_BYTES: usize = 0;
                pub const STEP_BYTES: usize = 0;
                pub const BATCH_BYTES: usize = 0;
                pub const TILE: usize = 1;
                pub const MACS: ::core::primitive::u64 = 0;
                pub const FINGERPRINT: ::core::primitive::u64 = 0;
                pub const SUMMARY: &'static ::core::primitive::str = "";

                pub fn new(seed: ::core::primitive::u64) -> Self {
                    Self
                }

                pub fn init(&mut self, random: &mut impl #rt::Random) {}

                #methods
            }

            #[allow(missing_docs, dead_code)]
            impl<P: #rt::Purpose> #workspace<P> {
                pub const fn new() -> Self {
                    Self(::core::marker::PhantomData)
                }
            }

            impl<P: #rt::Purpose> #rt::Zero for #workspace<P> {
                const ZERO: Self = Self::new();
            }

            impl #rt::Zero for #name {
                const ZERO: Self = Self;
            }

            impl #rt::Initialise for #name {
                fn init(&mut self, _random: &mut impl #rt::Random) {}
            }

            #traits

            impl #rt::Zero for #gradient {
                const ZERO: Self = Self;
            }

            impl #rt::Parameters for #gradient {
                type Scalar = #scalar;

                fn as_slice(&self) -> &[#scalar] {
                    &[]
                }

                fn as_mut_slice(&mut self) -> &mut [#scalar] {
                    &mut []
                }
            }

            impl #rt::Parameters for #name {
                type Scalar = #scalar;

                fn as_slice(&self) -> &[#scalar] {
                    &[]
                }

                fn as_mut_slice(&mut self) -> &mut [#scalar] {
                    &mut []
                }
            }
        };
    }
}

fn is_f64(item: &crate::ast::Item) -> bool {
    matches!(item, crate::ast::Item::Dtype { name, .. } if *name == "f64")
}

type Field = (Ident, Option<TokenStream>);

fn list(values: &[(Ident, Option<usize>)], scalar: &TokenStream) -> Vec<Field> {
    let kind = |count: usize| quote!([#scalar; #count]);
    values.iter().map(|(name, count)| (name.clone(), count.map(kind))).collect()
}

fn list_targets(interface: &Interface, scalar: &TokenStream) -> Vec<Field> {
    interface
        .targets
        .iter()
        .map(|(name, target)| {
            let kind = target.as_ref().map(|target| match target {
                Target::Class(_) => quote!(::core::primitive::u32),
                Target::Values(count) => quote!([#scalar; #count]),
            });
            (local(name), kind)
        })
        .collect()
}

/// The type of inputs, outputs or targets; nothing if any of it is unknown, or if there is none.
fn emit_data(name: &Ident, visibility: &TokenStream, fields: &[Field]) -> Option<TokenStream> {
    let kinds: Vec<&TokenStream> =
        fields.iter().map(|(_, kind)| kind.as_ref()).collect::<Option<_>>()?;
    match kinds[..] {
        [] => None,
        [kind] => Some(quote! {
            #[allow(missing_docs, dead_code)]
            #visibility type #name = #kind;
        }),
        _ => {
            let names = fields.iter().map(|(name, _)| name);
            Some(quote! {
                #[allow(missing_docs, dead_code)]
                #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
                #visibility struct #name {
                    #(pub #names: #kinds,)*
                }
            })
        }
    }
}

fn emit_methods(
    rt: &TokenStream,
    scalar: &TokenStream,
    suffixed: &impl Fn(&str) -> Ident,
    [input, output, target]: [&Option<TokenStream>; 3],
    interface: &Interface,
) -> TokenStream {
    let (input_name, output_name, target_name) =
        (suffixed("Input"), suffixed("Output"), suffixed("Target"));
    let (gradient, workspace) = (suffixed("Gradient"), suffixed("Workspace"));
    let classes =
        interface.targets.iter().any(|(_, target)| matches!(target, Some(Target::Class(_))));
    let result = quote!(::core::result::Result<#scalar, #rt::Error>);
    let fallible = if classes { result.clone() } else { scalar.clone() };
    let mut methods = TokenStream::new();
    let body = quote!(::core::unimplemented!());
    if input.is_some() && output.is_some() {
        methods.extend(quote! {
            pub fn forward(&self, input: &#input_name) -> #output_name { #body }
            pub fn forward_with<P: #rt::Purpose>(&self, input: &#input_name, workspace: &mut #workspace<P>) -> #output_name { #body }
            pub fn predict(&self, input: &#input_name) -> ::core::primitive::u32 { #body }
        });
    }
    if input.is_some() && target.is_some() {
        methods.extend(quote! {
            pub fn loss(&self, input: &#input_name, target: &#target_name) -> #fallible { #body }
            pub fn backward(
                &self,
                input: &#input_name,
                target: &#target_name,
                gradient: &mut #gradient,
            ) -> #fallible { #body }
            pub fn train_step<Rule: #rt::Rule<#scalar>>(
                &mut self,
                input: &#input_name,
                target: &#target_name,
                optimizer: &mut #rt::Optimizer<Rule, #gradient>,
            ) -> #result { #body }
            pub fn train_batch<O: #rt::Optimize<Self, #gradient>>(
                &mut self,
                inputs: &[#input_name],
                targets: &[#target_name],
                optimizer: &mut O,
            ) -> #result { #body }
            pub fn train_batch_indexed<O: #rt::Optimize<Self, #gradient>>(
                &mut self,
                inputs: &[#input_name],
                targets: &[#target_name],
                indices: &[usize],
                optimizer: &mut O,
            ) -> #result { #body }
            pub fn evaluate(&self, inputs: &[#input_name], targets: &[#target_name]) -> #result { #body }
            pub fn accuracy(&self, inputs: &[#input_name], targets: &[#target_name]) -> #result { #body }
        });
    }
    methods
}

/// The traits, as far as their types are known.
fn emit_traits(
    rt: &TokenStream,
    scalar: &TokenStream,
    suffixed: &impl Fn(&str) -> Ident,
    [input, output, target]: [&Option<TokenStream>; 3],
    name: &Ident,
) -> TokenStream {
    if input.is_none() || output.is_none() {
        return TokenStream::new();
    }
    let (input, output, gradient) = (suffixed("Input"), suffixed("Output"), suffixed("Gradient"));
    let (workspace, target_name) = (suffixed("Workspace"), suffixed("Target"));
    let result = quote!(::core::result::Result<#scalar, #rt::Error>);
    let body = quote!(::core::unimplemented!());
    let trainable = target.as_ref().map(|_| {
        quote! {
            #[allow(unused_variables)]
            impl #rt::Trainable for #name {
                type Target = #target_name;
                fn loss(
                    &self, input: &#input, target: &#target_name, workspace: &mut #workspace,
                ) -> #result { #body }
                fn backward(
                    &self,
                    input: &#input,
                    target: &#target_name,
                    gradient: &mut #gradient,
                    workspace: &mut #workspace,
                ) -> #result { #body }
                fn train_step<Rule: #rt::Rule<#scalar>>(
                    &mut self,
                    input: &#input,
                    target: &#target_name,
                    optimizer: &mut #rt::Optimizer<Rule, #gradient>,
                    workspace: &mut #workspace,
                ) -> #result { #body }
                fn train_batch<O: #rt::Optimize<Self, #gradient>>(
                    &mut self,
                    inputs: &[#input],
                    targets: &[#target_name],
                    optimizer: &mut O,
                    workspace: &mut #workspace,
                ) -> #result { #body }
                fn train_batch_indexed<O: #rt::Optimize<Self, #gradient>>(
                    &mut self,
                    inputs: &[#input],
                    targets: &[#target_name],
                    indices: &[usize],
                    optimizer: &mut O,
                    workspace: &mut #workspace,
                ) -> #result { #body }
                fn evaluate(
                    &self, inputs: &[#input], targets: &[#target_name], workspace: &mut #workspace,
                ) -> #result { #body }
            }
        }
    });
    quote! {
        #[allow(unused_variables)]
        impl #rt::Network for #name {
            type Scalar = #scalar;
            type Input = #input;
            type Output = #output;
            type Workspace = #workspace;
            fn forward(&self, input: &#input, workspace: &mut #workspace) -> #output { #body }
        }

        #[allow(unused_variables)]
        impl #rt::Differentiable for #name {
            type Gradient = #gradient;
            fn backward_from(
                &self,
                input: &#input,
                output_gradient: &#output,
                gradient: &mut #gradient,
                workspace: &mut #workspace,
            ) { #body }
            fn backward_from_to_input(
                &self,
                input: &#input,
                output_gradient: &#output,
                gradient: &mut #gradient,
                input_gradient: &mut #input,
                workspace: &mut #workspace,
            ) { #body }
        }

        #trainable
    }
}
