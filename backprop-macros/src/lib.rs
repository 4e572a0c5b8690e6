//! The procedural macro behind `backprop::network!`: a shim around [`backprop_compiler`].
//!
//! Depend on the `backprop` crate instead; its `network!` passes its own path along, so that the
//! expansion reaches the runtime under whatever name the dependency has.

use proc_macro::TokenStream;

/// Compiles one network declaration. The first token is the path of the facade crate (`$crate`),
/// followed by `;` and the declaration.
#[proc_macro]
pub fn network(tokens: TokenStream) -> TokenStream {
    backprop_compiler::compile(tokens.into()).into()
}

/// The words of the language, for editors.
#[proc_macro]
pub fn words(_: TokenStream) -> TokenStream {
    backprop_compiler::emit::emit_words().into()
}
