//! The functions of scalars that ops and losses are made of, each once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::names::{doc, local};
use crate::functions::{Function, fit_numbers};

impl Context<'_> {
    /// Every function.
    pub fn emit_functions(&self) -> TokenStream {
        let (scalar, runtime) = (&self.api.scalar, &self.api.rt);
        let functions = self.functions.iter().enumerate().map(|(index, function)| {
            let name = self.locals.function(index);
            let docs = doc(&function.docs);
            let parameters = function.parameters.iter().map(|name| local(name));
            let result = match &function.result {
                Some(result) => function.resolve(result, runtime),
                None => scalar.clone(),
            };
            let body = fit_numbers(&function.body, self.graph.dtype);
            let body = function.resolve(&body, runtime);
            quote! {
                #[doc = #docs]
                #[inline(always)]
                fn #name(#(#parameters: #scalar),*) -> #result {
                    #body
                }
            }
        });
        functions.collect()
    }

    /// What functions of an op or a loss are called.
    pub fn name_functions(&self, functions: &[Function]) -> Vec<Ident> {
        let place = |function: &Function| self.function_places[&function.text()];
        functions.iter().map(|function| self.locals.function(place(function))).collect()
    }
}
