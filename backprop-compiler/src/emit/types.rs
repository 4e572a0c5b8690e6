//! The visible types of the caller's data: inputs, outputs and targets.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::names::{doc, local, size};
use crate::losses::Target;

/// A name, its type, and what the documentation says about it.
pub type Field = (Ident, TokenStream, String);

/// The type of a target.
pub fn emit_target(target: &Target, scalar: &TokenStream, rt: &TokenStream) -> TokenStream {
    match target {
        Target::Class(_) => quote!(::core::primitive::u32),
        Target::Values(count) => {
            let count = size(*count);
            quote!([#scalar; #count])
        }
        Target::Weighted(target) => {
            let target = emit_target(target, scalar, rt);
            quote!(#rt::Weighted<#target, #scalar>)
        }
    }
}

fn describe_target(target: &Target) -> String {
    match target {
        Target::Class(classes) => format!("The index of the right class, below {classes}."),
        Target::Values(count) => format!("{count} values."),
        Target::Weighted(target) => {
            format!("{} Also how much the sample counts.", describe_target(target))
        }
    }
}

impl Context<'_> {
    /// Every visible type.
    pub fn emit_types(&self) -> TokenStream {
        let parameters = self.emit_parameter_types();
        let name = &self.source.name;
        let inputs = self.emit_data(
            &self.api.input_name,
            &format!("What [`{name}`] reads for one sample"),
            &self.list_inputs(),
        );
        let outputs = self.emit_data(
            &self.api.output_name,
            &format!("What [`{name}`] computes for one sample"),
            &self.list_outputs(),
        );
        let targets = (!self.graph.targets.is_empty()).then(|| {
            let docs = format!("What the loss of [`{name}`] compares one sample with");
            self.emit_data(&self.api.target_name, &docs, &self.list_targets())
        });
        let stream = self.emit_stream_types();
        let workspace = self.emit_workspace_type();
        quote!(#parameters #inputs #outputs #targets #stream #workspace)
    }

    /// Inputs as fields.
    pub fn list_inputs(&self) -> Vec<Field> {
        let scalar = &self.api.scalar;
        let field = |id: &crate::graph::ValueId| {
            let shape = &self.graph.value(*id).shape;
            let count = size(shape.count());
            (
                self.value_field(*id),
                quote!([#scalar; #count]),
                format!("Shape `{shape}`, row-major."),
            )
        };
        self.graph.inputs.iter().map(field).collect()
    }

    /// Outputs as fields.
    pub fn list_outputs(&self) -> Vec<Field> {
        let scalar = &self.api.scalar;
        self.graph
            .outputs
            .iter()
            .zip(&self.source.output_names)
            .map(|(output, name)| {
                let shape = &self.graph.value(output.value).shape;
                let count = size(shape.count());
                let docs = format!("Shape `{shape}`, row-major.");
                (name.clone(), quote!([#scalar; #count]), docs)
            })
            .collect()
    }

    /// Targets as fields.
    pub fn list_targets(&self) -> Vec<Field> {
        let scalar = &self.api.scalar;
        self.graph
            .targets
            .iter()
            .map(|field| {
                let name = self.source.find_output(&field.name).cloned();
                let name = name.unwrap_or_else(|| local(&field.name));
                (
                    name,
                    emit_target(&field.target, scalar, &self.api.rt),
                    describe_target(&field.target),
                )
            })
            .collect()
    }

    /// An alias for one field, a struct for several.
    pub(super) fn emit_data(&self, name: &Ident, docs: &str, fields: &[Field]) -> TokenStream {
        let (visibility, cfgs) = (&self.source.visibility, &self.cfgs);
        if let [(field, kind, more)] = fields {
            let docs = doc(&format!("{docs}: `{field}`. {more}"));
            return quote! {
                #cfgs
                #[doc = #docs]
                #visibility type #name = #kind;
            };
        }
        let docs = doc(&format!("{docs}."));
        let fields = fields.iter().map(|(field, kind, docs)| {
            let docs = doc(docs);
            quote! {
                #[doc = #docs]
                pub #field: #kind,
            }
        });
        quote! {
            #cfgs
            #[doc = #docs]
            #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
            #visibility struct #name {
                #(#fields)*
            }
        }
    }

    /// `Zero` for the structs among inputs and outputs.
    pub fn emit_zero_data(&self) -> TokenStream {
        self.emit_zeros(&[
            (&self.api.input_name, self.list_inputs()),
            (&self.api.output_name, self.list_outputs()),
        ])
    }

    /// `Zero` for those of these types that are structs.
    pub(super) fn emit_zeros(&self, types: &[(&Ident, Vec<Field>)]) -> TokenStream {
        let rt = &self.api.rt;
        let mut zeros = TokenStream::new();
        for (name, fields) in types {
            if fields.len() < 2 {
                continue;
            }
            let names = fields.iter().map(|field| &field.0);
            zeros.extend(quote! {
                impl #rt::Zero for #name {
                    const ZERO: Self = Self { #(#names: #rt::Zero::ZERO,)* };
                }
            });
        }
        zeros
    }
}
