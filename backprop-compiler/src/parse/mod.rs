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

use proc_macro2::TokenStream;
use syn::buffer::TokenBuffer;

use crate::ast::{Declaration, Words};
use crate::diagnostics::Diagnostics;
use reader::Reader;

/// Reads `facade; struct Name { .. }`, which is what the facade's macro passes on.
///
/// Every mistake is reported in `diagnostics`. `None` where there is no struct with a name and a
/// body; otherwise the declaration holds the statements that are sound.
pub fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<Declaration> {
    let buffer = TokenBuffer::new2(tokens);
    let mut words = Words::default();
    Reader::new(buffer.begin(), diagnostics, &mut words).declaration().ok()
}

/// What a reader returns: `Err` only after it has reported why.
type Parsed<T> = Result<T, Reported>;

/// The proof that an error was reported.
#[derive(Clone, Copy, Debug)]
struct Reported;
