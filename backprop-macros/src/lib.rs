//! The procedural macro behind `backprop::network!`: a shim around [`backprop_compiler`].
//!
//! Depend on the `backprop` crate instead; its `network!` passes its own path along, so that the
//! expansion reaches the runtime under whatever name the dependency has.

use proc_macro::TokenStream;

/// Compiles one network declaration. The first token is the path of the facade crate (`$crate`),
/// followed by `;` and the declaration.
#[proc_macro]
pub fn network(tokens: TokenStream) -> TokenStream {
    let tokens = tokens.into();
    let items = if is_editor() {
        backprop_compiler::compile_for_editor(tokens)
    } else {
        backprop_compiler::compile(tokens)
    };
    items.into()
}

/// The words of the language, where an editor asks; nothing in rustc.
#[proc_macro]
pub fn words(_: TokenStream) -> TokenStream {
    if is_editor() { backprop_compiler::emit::emit_words().into() } else { TokenStream::new() }
}

/// Whether rust-analyzer runs this, in a program that has its name. Its `cfg(rust_analyzer)` is no help:
/// crates of a registry do not have it, and rustc warns of it in those of users.
fn is_editor() -> bool {
    let program = std::env::current_exe().unwrap_or_default();
    program.file_name().is_some_and(|name| name.to_string_lossy().contains("rust-analyzer"))
}
