//! Messages as tokens that make rustc print them.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::{Diagnostic, Diagnostics, Severity};

impl Diagnostics {
    /// The items that make rustc print the messages.
    #[must_use]
    pub fn emit(&self) -> TokenStream {
        self.shown()
            .map(|message| match message.severity {
                Severity::Error => emit_error(message),
                Severity::Warning => emit_warning(message),
            })
            .collect()
    }
}

fn emit_error(message: &Diagnostic) -> TokenStream {
    let text = message.text();
    let (first, last) = (message.place.first(), message.place.last());
    let path = quote_spanned!(first=> ::core::compile_error);
    let call = quote_spanned!(last=> { #text });
    quote_spanned!(first=> #path ! #call)
}

/// The use of a deprecated item: the only true warning that a macro can give on stable Rust.
fn emit_warning(message: &Diagnostic) -> TokenStream {
    let text = message.text();
    let span = message.place.first();
    let item = Ident::new(&message.rule.id().to_uppercase(), span);
    let usage = quote_spanned!(span=> #item);
    quote! {
        const _: () = {
            #[deprecated(note = #text)]
            const #item: () = ();
            let () = #usage;
        };
    }
}
