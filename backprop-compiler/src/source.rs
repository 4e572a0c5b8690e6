//! Where the ids of the graph stand in the declaration.

use proc_macro2::{Ident, TokenStream};

use crate::diagnostics::Place;

/// A layer keyword or loss keyword as it was written, for the editor to hover over.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// What is to be said of it.
    pub docs: &'static str,
    /// The user's token.
    pub ident: Ident,
}

/// The tokens that carry names into the generated items, and the places of messages.
#[derive(Debug)]
pub struct Source {
    /// The path of the facade crate.
    pub facade: TokenStream,
    /// Attributes of the declaration.
    pub attributes: Vec<TokenStream>,
    /// The declaration's visibility.
    pub visibility: TokenStream,
    /// The network's name.
    pub name: Ident,
    /// By value: the `let`, `input` or `output` name, where it has one.
    pub value_names: Vec<Option<Ident>>,
    /// By layer: its label, or an identifier made of its automatic name at the call.
    pub layer_names: Vec<Ident>,
    /// By layer: the call that brings its arguments.
    pub layer_places: Vec<Place>,
    /// By output: its name.
    pub output_names: Vec<Ident>,
    /// By term of the loss: the call.
    pub term_places: Vec<Place>,
    /// Every keyword of the declaration.
    pub keywords: Vec<Keyword>,
    /// The limits of the budget: name, bytes, place.
    pub limits: Vec<(Ident, u64, Place)>,
}
