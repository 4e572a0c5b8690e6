//! What a declaration with an error expands to: the struct and its methods' signatures, so that the
//! code that uses the network gets no errors of its own. Where a shape is unknown, what depends on it
//! is left out.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ast::Declaration;
use crate::infer::Interface;
use crate::losses::Target;

/// The stubs of a declaration.
#[must_use]
pub fn emit_stubs(declaration: &Declaration, interface: &Interface) -> TokenStream {
    let Declaration { facade, visibility, name, attributes, .. } = declaration;
    let rt = quote!(#facade::__private);
    let attributes = attributes.iter().map(|attribute| &attribute.tokens);
    let scalar = if declaration.items.iter().any(is_f64) {
        quote!(::core::primitive::f64)
    } else {
        quote!(::core::primitive::f32)
    };
    let suffixed = |suffix: &str| {
        let text = name.to_string();
        Ident::new(&format!("{}{suffix}", text.trim_start_matches("r#")), name.span())
    };
    let (gradient, workspace) = (suffixed("Gradient"), suffixed("Workspace"));
    let input = emit_data(&suffixed("Input"), visibility, &list(&interface.inputs, &scalar));
    let output = emit_data(&suffixed("Output"), visibility, &list(&interface.outputs, &scalar));
    let targets = list_targets(interface, &scalar);
    let target = emit_data(&suffixed("Target"), visibility, &targets);
    let methods = emit_methods(&rt, &scalar, &suffixed, [&input, &output, &target], interface);
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
            (Ident::new(name.trim_start_matches("r#"), Span::call_site()), kind)
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
