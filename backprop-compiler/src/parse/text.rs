//! The user's tokens as text, for messages that quote them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::buffer::Cursor;

/// The text between two positions in the same tokens.
pub(super) fn excerpt(from: Cursor, to: Cursor) -> String {
    write_tokens(excerpt_tokens(from, to))
}

/// The tokens between two positions in the same tokens.
pub(super) fn excerpt_tokens(from: Cursor, to: Cursor) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut cursor = from;
    while cursor < to
        && let Some((tree, rest)) = cursor.token_tree()
    {
        tokens.extend([tree]);
        cursor = rest;
    }
    tokens
}

fn write_tokens(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut space = false;
    for tree in tokens {
        let tight = match &tree {
            TokenTree::Punct(punct) => punct.as_char() == ',',
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Parenthesis
                    && text.ends_with(|last: char| last.is_alphanumeric() || last == '_')
            }
            _ => false,
        };
        if space && !tight {
            text.push(' ');
        }
        space = !matches!(&tree, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        match tree {
            TokenTree::Group(group) => {
                let inside = write_tokens(group.stream());
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None if inside.contains(' ') => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                text.extend([open, &inside, close]);
            }
            token => text.push_str(&token.to_string()),
        }
    }
    text
}
