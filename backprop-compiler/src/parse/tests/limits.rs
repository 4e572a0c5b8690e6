//! What bounds the time and the stack, and messages about what is missing at the end.

use proc_macro2::TokenStream;

use super::{errors, parse, parse_text};
use crate::diagnostics::Diagnostics;

/// The tokens that the only message about a declaration stands on, and its headline.
fn place_of_error(declaration: &str) -> (String, String) {
    let text = format!("backprop; {declaration}");
    let mut diagnostics = Diagnostics::default();
    let tokens: TokenStream = text.parse().expect("the text has balanced tokens");
    parse(tokens, &mut diagnostics);
    let [message] = diagnostics.messages() else { panic!("{:#?}", diagnostics.messages()) };
    let (first, last) = (message.place.first().byte_range(), message.place.last().byte_range());
    (text[first.start..last.end].to_owned(), message.headline.clone())
}

#[test]
fn what_is_missing_at_the_end_is_missing_behind_the_last_token() {
    for (declaration, last) in [
        ("pub", "pub"),
        ("pub(crate)", ")"),
        ("#[allow(unused)]", "]"),
        ("pub struct", "struct"),
        ("struct Net", "Net"),
    ] {
        let (place, headline) = place_of_error(declaration);
        assert_eq!(place, last, "{declaration}");
        assert!(headline.ends_with("found the end"), "{headline}");
    }
}

#[test]
fn delimiters_of_any_depth_are_survived() {
    let (open, close) = ("(".repeat(30_000), ")".repeat(30_000));
    let (declaration, messages) = parse_text(&format!("struct Net {{ let a = {open}{close}; }}"));
    assert!(declaration.is_none());
    assert_eq!(
        messages,
        ["delimiters nested more than 512 levels deep\nhelp: write fewer of them"]
    );
}

#[test]
fn names_and_literals_have_a_longest_length() {
    let assert_error = |body: &str, headline: &str| {
        let (messages, sound) = errors(&format!("{body} let w = v;"));
        assert_eq!(messages.len(), 1, "{messages:#?}");
        assert!(messages[0].starts_with(headline), "{messages:#?}");
        assert_eq!(sound, 1);
    };
    assert_error(&format!("let {} = x;", "a".repeat(257)), "this name has more than 256 bytes");
    assert_error(
        &format!("const N = {};", "9".repeat(60_000)),
        "this literal has more than 500 characters",
    );
    let (name, zeros) = ("a".repeat(256), "0".repeat(497));
    assert_eq!(errors(&format!("let {name} = x -> f(0.{zeros}1);")), (vec![], 1));
}
