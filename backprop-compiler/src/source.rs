//! Where the ids of the graph stand in the declaration.

use proc_macro2::{Ident, TokenStream};

use crate::ast::plain;
use crate::diagnostics::Place;

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
    /// The limits of the budget: name, bytes, place.
    pub limits: Vec<(Ident, u64, Place)>,
}

impl Source {
    /// The user's token for the output of that name.
    #[must_use]
    pub fn find_output(&self, name: &str) -> Option<&Ident> {
        self.output_names.iter().find(|output| plain(output) == name)
    }
}
