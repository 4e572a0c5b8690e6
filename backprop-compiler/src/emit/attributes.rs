//! The conditions under which a declaration is there at all.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// The `#[cfg]`s of the declaration, those within a `#[cfg_attr]` included: every generated item has them.
pub fn list_conditions(attributes: &[TokenStream]) -> TokenStream {
    attributes
        .iter()
        .filter_map(|attribute| match attribute.clone().into_iter().last() {
            Some(TokenTree::Group(brackets)) => find_condition(brackets.stream()),
            _ => None,
        })
        .map(|condition| quote!(#[#condition]))
        .collect()
}

/// What of `cfg_attr(predicate, a, b, ..)` is a condition; the other attributes are the struct's alone.
fn find_condition(attribute: TokenStream) -> Option<TokenStream> {
    let mut tokens = attribute.clone().into_iter();
    let name = tokens.next()?.to_string();
    if name == "cfg" {
        return Some(attribute);
    }
    let Some(TokenTree::Group(arguments)) = tokens.next() else { return None };
    if name != "cfg_attr" {
        return None;
    }
    let mut arguments = split_at_commas(arguments.stream()).into_iter();
    let predicate = arguments.next()?;
    let conditions: Vec<TokenStream> = arguments.filter_map(find_condition).collect();
    (!conditions.is_empty()).then(|| quote!(cfg_attr(#predicate, #(#conditions),*)))
}

fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            parts.push(TokenStream::new());
        } else if let Some(part) = parts.last_mut() {
            part.extend([token]);
        }
    }
    parts
}
