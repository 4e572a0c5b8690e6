//! The parameter struct, the frozen block and the gradient: plain arrays, in declared order.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::{doc, size};
use crate::graph::{LayerId, ParameterId};
use crate::ops::Parameter;

impl Context<'_> {
    /// The network's struct, its gradient, and the frozen block if there is one.
    pub fn emit_parameter_types(&self) -> TokenStream {
        let Api { gradient_name, .. } = &self.api;
        let Context { cfgs, .. } = self;
        let (name, visibility) = (&self.source.name, &self.source.visibility);
        let attributes = &self.source.attributes;
        let docs: Vec<String> = self.describe_network().iter().map(|line| doc(line)).collect();
        let trainable = self.emit_fields(true);
        let derives = quote!(#[derive(::core::clone::Clone, ::core::cmp::PartialEq)]);
        let gradient_docs = format!(
            " The gradient of [`{name}`]: dJ/dw of every trainable parameter, shaped like them."
        );
        let (generics, field, block) = if self.graph.has_frozen() {
            let frozen = self.visible("Frozen");
            let frozen_docs = format!(
                " The parameters of [`{name}`] that training leaves as they are: the network has \
                 them as a value, or as a `&'static` in flash."
            );
            let fields = self.emit_fields(false);
            let frozen_parameter = &self.frozen_parameter;
            (
                quote!(<#frozen_parameter: ::core::borrow::Borrow<#frozen> = #frozen>),
                quote! {
                    /// The frozen parameters.
                    pub frozen: #frozen_parameter,
                },
                quote! {
                    #cfgs
                    #[doc = #frozen_docs]
                    #[repr(C)]
                    #derives
                    #visibility struct #frozen { #fields }
                },
            )
        } else {
            (TokenStream::new(), TokenStream::new(), TokenStream::new())
        };
        quote! {
            #(#attributes)*
            #(#[doc = #docs])*
            #[repr(C)]
            #derives
            #visibility struct #name #generics { #trainable #field }

            #block

            #cfgs
            #[doc = #gradient_docs]
            #[repr(C)]
            #derives
            #visibility struct #gradient_name { #trainable }
        }
    }

    /// `pub dense1: WeightBias<..>,` for each layer that has such parameters.
    fn emit_fields(&self, trainable: bool) -> TokenStream {
        let layers = self.graph.layers.iter().map(|layer| layer.parameters.as_slice());
        self.api.emit_fields(self.source.layer_names.iter().zip(layers), trainable)
    }

    /// The layer's parameters that are trainable, or those that are not.
    fn list_parameters(&self, layer: LayerId, trainable: bool) -> Vec<(ParameterId, &Parameter)> {
        let parameters = self.graph.layer(layer).parameters.iter().enumerate();
        parameters
            .filter(|(_, parameter)| parameter.trainable == trainable)
            .map(|(index, parameter)| (ParameterId { layer, index }, parameter))
            .collect()
    }

    /// Everything about parameters that is not a type.
    pub fn emit_parameters(&self) -> TokenStream {
        let Api { rt, scalar, gradient_name, network_type, frozen_generics, .. } = &self.api;
        let name = &self.source.name;
        let blocks = self.graph.has_frozen().then(|| self.visible("Frozen"));
        let trainable_names = self.list_layers(true);
        let frozen_zero = blocks.as_ref().map(|frozen| {
            let names = self.list_layers(false);
            quote! {
                impl #rt::Zero for #frozen {
                    const ZERO: Self = Self { #(#names: #rt::Zero::ZERO,)* };
                }
            }
        });
        let frozen_field = blocks.as_ref().map(|_| quote!(frozen: #rt::Zero::ZERO,));
        let parts = self.emit_parts(&quote!(network), true);
        let count = size(parts.len());
        let gradient_parts = self.emit_parts(&quote!(gradient), true);
        let gradient_zero_parts = self.emit_parts(&quote!(ZERO), true);
        let mut zero_parts = gradient_zero_parts.clone();
        zero_parts.extend(self.emit_parts(&quote!(ZERO.frozen), false));
        let all_count = size(zero_parts.len());
        let layout = self.emit_layout();
        let init = self.emit_init();
        let visit = self.emit_visit();
        let changes = self.api.emit_changes();
        let facts = self.emit_facts();
        let checkpoint = self.emit_checkpoint();
        let summary = format!("{name} {{ {} }}", self.summarise());
        let gradient_summary = format!("{gradient_name} {{ {count} arrays }}");
        let frozen_debug = blocks.iter().map(|frozen| {
            let text = format!("{frozen} {{ .. }}");
            quote! {
                impl ::core::fmt::Debug for #frozen {
                    fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        formatter.write_str(#text)
                    }
                }
            }
        });
        quote! {
            impl #rt::Zero for #name {
                const ZERO: Self = Self { #(#trainable_names: #rt::Zero::ZERO,)* #frozen_field };
            }

            #frozen_zero

            impl #rt::Zero for #gradient_name {
                const ZERO: Self = Self { #(#trainable_names: #rt::Zero::ZERO,)* };
            }

            fn list_arrays<#frozen_generics>(network: &#network_type) -> [&[#scalar]; #count] {
                [#(#parts),*]
            }

            fn list_gradient_arrays(gradient: &#gradient_name) -> [&[#scalar]; #count] {
                [#(#gradient_parts),*]
            }

            impl<#frozen_generics> #rt::Parameters for #network_type {
                type Scalar = #scalar;

                const LAYOUT: &'static [#rt::ParameterInfo] =
                    <#gradient_name as #rt::Parameters>::LAYOUT;

                #[inline]
                fn as_slice(&self) -> &[#scalar] {
                    #rt::flat::view(self, list_arrays(self))
                }

                #[inline]
                fn as_mut_slice(&mut self) -> &mut [#scalar] {
                    #rt::flat::view_mut(self, list_arrays)
                }
            }

            impl #rt::Parameters for #gradient_name {
                type Scalar = #scalar;

                const LAYOUT: &'static [#rt::ParameterInfo] = &[#(#layout),*];

                #[inline]
                fn as_slice(&self) -> &[#scalar] {
                    #rt::flat::view(self, list_gradient_arrays(self))
                }

                #[inline]
                fn as_mut_slice(&mut self) -> &mut [#scalar] {
                    #rt::flat::view_mut(self, list_gradient_arrays)
                }
            }

            impl #rt::Plain for #name {
                const PROOF: #rt::flat::Proof<Self> = {
                    const ZERO: &#name = &<#name as #rt::Zero>::ZERO;
                    const PARTS: [&[#scalar]; #all_count] = [#(#zero_parts),*];
                    #rt::flat::Proof::check(ZERO, PARTS)
                };
            }

            impl #rt::Plain for #gradient_name {
                const PROOF: #rt::flat::Proof<Self> = {
                    const ZERO: &#gradient_name = &<#gradient_name as #rt::Zero>::ZERO;
                    const PARTS: [&[#scalar]; #count] = [#(#gradient_zero_parts),*];
                    #rt::flat::Proof::check(ZERO, PARTS)
                };
            }

            impl<#frozen_generics> ::core::fmt::Debug for #network_type {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(#summary)
                }
            }

            impl ::core::fmt::Debug for #gradient_name {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(#gradient_summary)
                }
            }

            impl ::core::default::Default for #gradient_name {
                fn default() -> Self {
                    <Self as #rt::Zero>::ZERO
                }
            }

            #(#frozen_debug)*
            #init
            #visit
            #changes
            #facts
            #checkpoint
        }
    }

    /// A description of each array of the flat view.
    fn emit_layout(&self) -> Vec<TokenStream> {
        let rt = &self.api.rt;
        self.layout
            .keys()
            .map(|id| {
                let (layer, parameter) =
                    (&self.graph.layer(id.layer).name, self.graph.parameter(*id));
                let (name, shape) =
                    (parameter.name, parameter.shape.iter().map(|axis| size(*axis)));
                let mark = parameter.statistic.then(|| quote!(.statistic()));
                quote!(#rt::ParameterInfo::new(#layer, #name, &[#(#shape),*]) #mark)
            })
            .collect()
    }

    /// The layers with trainable parameters, or with frozen ones.
    pub fn list_layers(&self, trainable: bool) -> Vec<Ident> {
        self.graph
            .layer_ids()
            .filter(|layer| !self.list_parameters(*layer, trainable).is_empty())
            .map(|layer| self.layer_field(layer))
            .collect()
    }

    /// Each array as a slice.
    pub(super) fn emit_parts(&self, owner: &TokenStream, trainable: bool) -> Vec<TokenStream> {
        self.graph
            .layer_ids()
            .flat_map(|layer| self.list_parameters(layer, trainable))
            .map(|(id, parameter)| emit_slice(owner, &self.layer_field(id.layer), parameter))
            .collect()
    }
}

impl Api {
    /// `pub dense1: WeightBias<..>,` for each layer that has such parameters.
    pub fn emit_fields<'a>(
        &self,
        layers: impl IntoIterator<Item = (&'a Ident, &'a [Parameter])>,
        trainable: bool,
    ) -> TokenStream {
        let rt = &self.rt;
        let mut fields = TokenStream::new();
        for (name, parameters) in layers {
            let chosen: Vec<&Parameter> =
                parameters.iter().filter(|one| one.trainable == trainable).collect();
            if chosen.is_empty() {
                continue;
            }
            let container = name_container(&chosen);
            let kinds = chosen.iter().map(|parameter| self.emit_array(parameter));
            let shapes: Vec<String> = chosen
                .iter()
                .map(|parameter| format!("`{} {:?}`", parameter.name, parameter.shape))
                .collect();
            let docs = format!(" Parameters of `{name}`: {}.", shapes.join(", "));
            fields.extend(quote! {
                #[doc = #docs]
                pub #name: #rt::parameters::#container<#(#kinds),*>,
            });
        }
        fields
    }

    /// `[f32; 10]`, or `[[f32; 10]; 64]`.
    fn emit_array(&self, parameter: &Parameter) -> TokenStream {
        parameter.shape.iter().rev().fold(self.scalar.clone(), |kind, axis| {
            let axis = size(*axis);
            quote!([#kind; #axis])
        })
    }
}

/// An array of the layer of that name, as a slice.
pub fn emit_slice(owner: &TokenStream, layer: &Ident, parameter: &Parameter) -> TokenStream {
    let field = Ident::new(parameter.name, Span::call_site());
    if parameter.shape.len() == 1 {
        quote!(#owner.#layer.#field.as_slice())
    } else {
        quote!(#owner.#layer.#field.as_flattened())
    }
}

/// The runtime's container with these fields: `WeightBias`.
fn name_container(parameters: &[&Parameter]) -> Ident {
    let mut name = String::new();
    for parameter in parameters {
        for word in parameter.name.split('_') {
            let mut letters = word.chars();
            name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            name.extend(letters);
        }
    }
    Ident::new(&name, Span::call_site())
}
