//! Text to tokens, invisible groups among them.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The word before parentheses that [`read_tokens`] makes invisible.
pub const INVISIBLE: &str = "invisible";

/// The tokens of a text, parentheses behind the word `invisible` without their delimiters; `None` for text
/// that is not even tokens, which no macro ever sees.
pub fn read_tokens(text: &str) -> Option<TokenStream> {
    let tokens = text.parse().ok()?;
    Some(if text.contains(INVISIBLE) { hide_delimiters(tokens) } else { tokens })
}

fn hide_delimiters(tokens: TokenStream) -> TokenStream {
    let mut hidden = Vec::new();
    for tree in tokens {
        let tree = match tree {
            TokenTree::Group(group) => {
                let marked = group.delimiter() == Delimiter::Parenthesis
                    && matches!(hidden.last(), Some(TokenTree::Ident(word)) if word == INVISIBLE);
                let delimiter = if marked { Delimiter::None } else { group.delimiter() };
                if marked {
                    hidden.pop();
                }
                let mut inner = Group::new(delimiter, hide_delimiters(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token => token,
        };
        hidden.push(tree);
    }
    hidden.into_iter().collect()
}
