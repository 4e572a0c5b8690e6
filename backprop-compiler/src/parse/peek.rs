//! Looking at the next token without passing it.

use proc_macro2::{Delimiter, Spacing, Span, TokenTree};
use syn::buffer::Cursor;

use super::reader::Reader;

/// Symbols of two characters that are one token to a reader.
const SYMBOLS: [&str; 14] =
    ["->", "=>", "==", "::", "..", "+=", "-=", "*=", "/=", "<=", ">=", "!=", "&&", "|>"];

/// The next token, as a message names it.
pub(super) struct Found {
    /// Its text; of a group, the opening delimiter.
    pub(super) text: String,
    pub(super) span: Span,
}

impl Found {
    /// The text between backticks, or words for what has no text.
    pub(super) fn quoted(&self) -> String {
        if self.text.is_empty() { "the end".to_owned() } else { format!("`{}`", self.text) }
    }
}

impl<'a> Reader<'a, '_> {
    /// The next token, for a message.
    pub(super) fn found(&self) -> Found {
        let cursor = self.cursor;
        if let Some((text, span, _)) = self.symbol() {
            return Found { text, span };
        }
        if let Some((ident, _)) = cursor.ident() {
            return Found { text: ident.to_string(), span: ident.span() };
        }
        if let Some((literal, _)) = cursor.literal() {
            return Found { text: literal.to_string(), span: literal.span() };
        }
        if let Some((lifetime, _)) = cursor.lifetime() {
            return Found { text: lifetime.to_string(), span: lifetime.span() };
        }
        let groups =
            [(Delimiter::Parenthesis, "("), (Delimiter::Bracket, "["), (Delimiter::Brace, "{")];
        for (delimiter, text) in groups {
            if let Some((_, span, _)) = cursor.group(delimiter) {
                return Found { text: text.to_owned(), span: span.open() };
            }
        }
        if let Some((TokenTree::Punct(stray), _)) = cursor.token_tree() {
            return Found { text: stray.to_string(), span: stray.span() };
        }
        Found { text: self.close.0.to_owned(), span: self.close.1 }
    }

    /// Where the next token stands.
    pub(super) fn span(&self) -> Span {
        self.found().span
    }

    /// Whether nothing is left but, at most, empty invisible groups.
    pub(super) fn at_end(&self) -> bool {
        is_end(self.cursor)
    }

    pub(super) fn at_word(&self, text: &str) -> bool {
        self.cursor.ident().is_some_and(|(ident, _)| ident == text)
    }

    /// The next symbol, whole, and what follows it.
    pub(super) fn symbol(&self) -> Option<(String, Span, Cursor<'a>)> {
        symbol(self.cursor)
    }

    pub(super) fn at(&self, text: &str) -> bool {
        self.symbol().is_some_and(|(symbol, ..)| symbol == text)
    }
}

/// Whether nothing visible is left.
pub(super) fn is_end(cursor: Cursor) -> bool {
    cursor.ident().is_none()
        && cursor.literal().is_none()
        && cursor.punct().is_none()
        && cursor.lifetime().is_none()
        && cursor.group(Delimiter::Parenthesis).is_none()
        && cursor.group(Delimiter::Bracket).is_none()
        && cursor.group(Delimiter::Brace).is_none()
        && !matches!(cursor.token_tree(), Some((TokenTree::Punct(_), _)))
}

/// The symbol at `cursor`, whole, and what follows it.
pub(super) fn symbol(cursor: Cursor) -> Option<(String, Span, Cursor)> {
    let (punct, rest) = cursor.punct()?;
    let mut text = punct.as_char().to_string();
    if punct.spacing() == Spacing::Joint
        && let Some((second, after)) = rest.punct()
    {
        text.push(second.as_char());
        if SYMBOLS.contains(&text.as_str()) {
            return Some((text, punct.span(), after));
        }
        text.pop();
    }
    Some((text, punct.span(), rest))
}
