//! The network as arrays with names: here, and in files of PyTorch's.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::size;
use crate::graph::Layer;
use crate::ops::Parameter;

/// What is said of every array, in declared order: nothing for a declaration with errors.
#[derive(Default)]
pub struct Names {
    fields: Vec<String>,
    tensors: Vec<TokenStream>,
    visit: TokenStream,
    visit_mut: TokenStream,
}

impl Context<'_> {
    /// The traits by which files of other formats are read and written.
    pub(super) fn emit_named(&self) -> TokenStream {
        let mut names =
            Names { visit: quote!(Self::visit_parameters(self, visit);), ..Names::default() };
        for (index, id) in self.graph.parameter_ids().into_iter().enumerate() {
            let (layer, parameter) = (self.graph.layer(id.layer), self.graph.parameter(id));
            names.fields.push(format!("{}.{}", layer.name, parameter.name));
            names.tensors.push(emit_tensor(&self.api.rt, layer, parameter));
            let owner = if parameter.trainable { quote!(self) } else { quote!(self.frozen) };
            let (index, axes) = (size(index), parameter.shape.iter().map(|axis| size(*axis)));
            let values = self.emit_values(&owner, id, true);
            names.visit_mut.extend(quote!(visit(#index, &[#(#axes),*], #values);));
        }
        self.api.emit_named(&self.source.name, &names)
    }
}

/// `TensorInfo::new("hidden", "encoder.0.weight", &[8, 2]).transposed()`
fn emit_tensor(rt: &TokenStream, layer: &Layer, parameter: &Parameter) -> TokenStream {
    let (owner, name) = (&layer.name, layer.name_tensor(parameter));
    let torch = &parameter.torch;
    let axes = torch.shape.iter().map(|axis| size(*axis));
    let transposed = torch.is_transposed.then(|| quote!(.transposed()));
    let labelled = layer.is_labelled.then(|| quote!(.labelled()));
    let counter = torch.counter.map(|counter| {
        let name = layer.name_beside(Some(counter));
        quote!(.counted_by(#name))
    });
    quote!(#rt::TensorInfo::new(#owner, #name, &[#(#axes),*]) #transposed #labelled #counter)
}

impl Api {
    /// The network as one whose parameters have names.
    pub(super) fn emit_named(&self, name: &Ident, names: &Names) -> TokenStream {
        let Self { rt, scalar, network_type, frozen_generics, .. } = self;
        let Names { fields, tensors, visit, visit_mut } = names;
        let text = name.to_string();
        quote! {
            impl<#frozen_generics> #rt::checkpoint::Named for #network_type {
                const NAME: &'static ::core::primitive::str = #text;
                const FIELDS: &'static [&'static ::core::primitive::str] = &[#(#fields),*];
                const TENSORS: &'static [#rt::TensorInfo] = &[#(#tensors),*];

                fn visit(
                    &self,
                    visit: impl ::core::ops::FnMut(
                        &'static ::core::primitive::str,
                        &[::core::primitive::usize],
                        &[#scalar],
                    ),
                ) {
                    #visit
                }
            }

            impl #rt::checkpoint::NamedMut for #name {
                fn visit_mut(
                    &mut self,
                    mut visit: impl ::core::ops::FnMut(
                        ::core::primitive::usize,
                        &[::core::primitive::usize],
                        &mut [#scalar],
                    ),
                ) {
                    #visit_mut
                }
            }

            #rt::implement_serde! { {#frozen_generics} {#network_type} #name }
        }
    }
}
