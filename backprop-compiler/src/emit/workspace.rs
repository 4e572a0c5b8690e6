//! The workspace: one struct, as large as its purpose needs.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::api::Api;
use super::names::size;

impl Context<'_> {
    /// The visible struct.
    pub fn emit_workspace_type(&self) -> TokenStream {
        let Api { rt, workspace_name, purpose, .. } = &self.api;
        let Context { cfgs, .. } = self;
        let (name, visibility) = (&self.source.name, &self.source.visibility);
        let docs = format!(
            " The memory that calls on [`{name}`] work in, by purpose: `Inference`, `Step` or `Batch`, \
             which holds the others. Its content means nothing between calls."
        );
        quote! {
            #cfgs
            #[doc = #docs]
            #visibility struct #workspace_name<#purpose: #rt::Purpose = #rt::Batch> {
                memory: <#purpose as #rt::Purpose>::Of<#name>,
            }
        }
    }

    /// How large it is, and how it starts.
    pub fn emit_workspace(&self) -> TokenStream {
        let Api { rt, scalar, workspace_name, gradient_name, purpose, .. } = &self.api;
        let Context { memory, .. } = self;
        let name = &self.source.name;
        let (inference, step) = (size(memory.inference_width), size(memory.step_width));
        let (width, tile) = (size(memory.batch_width), size(memory.tile));
        let tile_gradient =
            if self.graph.has_shared_layers() { quote!(#gradient_name) } else { quote!(()) };
        let mut batch_parts = vec![quote!(ZERO.memory.memory.as_flattened())];
        batch_parts.extend(self.emit_parts(&quote!(ZERO.memory.gradient), true));
        if self.graph.has_shared_layers() {
            batch_parts.extend(self.emit_parts(&quote!(ZERO.memory.tile_gradient), true));
        }
        let single = vec![quote!(ZERO.memory.as_flattened())];
        let proofs = [
            (quote!(Inference), &single),
            (quote!(Step), &single),
            (quote!(Batch), &batch_parts),
        ]
        .map(|(purpose, parts)| {
            let count = size(parts.len());
            quote! {
                impl #rt::Plain for #workspace_name<#rt::#purpose> {
                    const PROOF: #rt::flat::Proof<Self> = {
                        const ZERO: &#workspace_name<#rt::#purpose> = &#workspace_name::new();
                        const PARTS: [&[#scalar]; #count] = [#(#parts),*];
                        #rt::flat::Proof::check(ZERO, PARTS)
                    };
                }
            }
        });
        let text = format!("{workspace_name} {{ .. }}");
        quote! {
            impl #rt::Plans for #name {
                type Scalar = #scalar;
                type Inference = [[#scalar; #inference]; 1];
                type Step = [[#scalar; #step]; 1];
                type Batch = #rt::BatchMemory<[[#scalar; #width]; #tile], #gradient_name, #tile_gradient>;
            }

            impl<#purpose: #rt::Purpose> #workspace_name<#purpose> {
                /// A workspace, as a constant: it can stand in a `static`.
                #[must_use]
                pub const fn new() -> Self {
                    Self { memory: <<#purpose as #rt::Purpose>::Of<#name> as #rt::Zero>::ZERO }
                }
            }

            impl<#purpose: #rt::Purpose> #rt::Zero for #workspace_name<#purpose> {
                const ZERO: Self = Self::new();
            }

            impl<#purpose: #rt::Purpose> ::core::default::Default for #workspace_name<#purpose> {
                fn default() -> Self {
                    Self::new()
                }
            }

            impl<#purpose: #rt::Purpose> ::core::fmt::Debug for #workspace_name<#purpose> {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(#text)
                }
            }

            #(#proofs)*
        }
    }
}
