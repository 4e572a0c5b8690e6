//! Tokens to [`Declaration`]: the only stage that knows syn.
//!
//! The text is read in place, by a cursor. After a mistake the reader goes on at the next
//! statement, or within parentheses after the next comma, so that one compilation reports every
//! independent mistake; a statement with a mistake in it is left out of the declaration.

mod budget;
mod header;
mod layers;
mod literals;
mod losses;
mod peek;
mod reader;
mod sizes;
mod statements;
#[cfg(test)]
mod tests;
mod text;
mod values;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::buffer::TokenBuffer;

use crate::ast::{Declaration, Words};
use crate::diagnostics::{Diagnostics, Rule};
use reader::Reader;

/// Reads `facade; struct Name { .. }`, which is what the facade's macro passes on.
///
/// Every mistake is reported in `diagnostics`. `None` where there is no struct with a name and a
/// body; otherwise the declaration holds the statements that are sound.
pub fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<Declaration> {
    if let Some(place) = find_too_deep(tokens.clone()) {
        diagnostics
            .error(
                Rule::BeyondLimits,
                place,
                format!("delimiters nested more than {MAXIMUM_NESTING} levels deep"),
            )
            .help("write fewer of them");
        return None;
    }
    let buffer = TokenBuffer::new2(tokens);
    let mut words = Words::default();
    Reader::new(buffer.begin(), diagnostics, &mut words).declaration().ok()
}

/// How deep delimiters may stand within one another: what reads tokens as trees does so by recursion.
const MAXIMUM_NESTING: usize = 512;

/// The first delimiter that stands too deep.
fn find_too_deep(tokens: TokenStream) -> Option<Span> {
    let mut open = vec![tokens.into_iter()];
    while let Some(level) = open.last_mut() {
        match level.next() {
            Some(TokenTree::Group(group)) if open.len() > MAXIMUM_NESTING => {
                return Some(group.span_open());
            }
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    None
}

/// What a reader returns: `Err` only after it has reported why.
type Parsed<T> = Result<T, Reported>;

/// The proof that an error was reported.
#[derive(Clone, Copy, Debug)]
struct Reported;
