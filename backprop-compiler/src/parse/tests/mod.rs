mod errors;
mod limits;
mod macros;
mod soup;
mod valid;

use std::str::FromStr;

use proc_macro2::TokenStream;

use super::parse;
use crate::ast::{Declaration, Item, Size, SizeKind, Value};
use crate::diagnostics::Diagnostics;

/// Parses `facade; <text>`: the declaration, and the messages as rustc would print them.
fn parse_text(text: &str) -> (Option<Declaration>, Vec<String>) {
    parse_tokens(TokenStream::from_str(text).expect("the text has balanced tokens"))
}

fn parse_tokens(declaration: TokenStream) -> (Option<Declaration>, Vec<String>) {
    let mut tokens: TokenStream = quote::quote!(::backprop;);
    tokens.extend(declaration);
    let mut diagnostics = Diagnostics::default();
    let declaration = parse(tokens, &mut diagnostics);
    let messages = diagnostics.messages().iter().map(|message| message.text()).collect();
    (declaration, messages)
}

/// The statements of a body that must be sound.
fn items(body: &str) -> Vec<Item> {
    let (declaration, messages) = parse_text(&format!("struct Net {{ {body} }}"));
    assert!(messages.is_empty(), "{messages:#?}");
    declaration.expect("a declaration without messages").items
}

/// The messages about a body, and how many statements are sound.
fn errors(body: &str) -> (Vec<String>, usize) {
    let (declaration, messages) = parse_text(&format!("struct Net {{ {body} }}"));
    (messages, count_sound(declaration))
}

fn count_sound(declaration: Option<Declaration>) -> usize {
    let items = declaration.map_or_else(Vec::new, |declaration| declaration.items);
    items.iter().filter(|item| !matches!(item, Item::Broken { .. })).count()
}

/// A value with every pair of parentheses that its structure means.
fn show_value(value: &Value) -> String {
    let join = |operands: &[Value], operator| {
        let operands: Vec<String> = operands.iter().map(show_value).collect();
        format!("({})", operands.join(operator))
    };
    match value {
        Value::Name(name) => name.to_string(),
        Value::Chain { source, layers } => {
            let names: Vec<String> = layers.iter().map(|layer| layer.name.to_string()).collect();
            format!("({} -> {})", show_value(source), names.join(" -> "))
        }
        Value::Join { operands, operators } => {
            let rest = operators.iter().zip(&operands[1..]);
            let rest: String = rest
                .map(|((operator, _), value)| {
                    format!(" {} {}", operator.symbol(), show_value(value))
                })
                .collect();
            format!("({}{rest})", show_value(&operands[0]))
        }
        Value::Concat { operands, arguments, .. } => {
            format!("concat{}{}", join(operands, ", "), arguments.len())
        }
    }
}

/// A size with every pair of parentheses that its structure means.
fn show_size(size: &Size) -> String {
    match &size.kind {
        SizeKind::Literal(number) => number.to_string(),
        SizeKind::Name(name) => name.to_string(),
        SizeKind::Negate(inner) => format!("-{}", show_size(inner)),
        SizeKind::Binary { operator, left, right } => {
            let operator = operator.symbol();
            format!("({} {operator} {})", show_size(left), show_size(right))
        }
    }
}

/// The value of the first `let`.
fn value_of(body: &str) -> String {
    items(body)
        .iter()
        .find_map(|item| match item {
            Item::Let { value, .. } => Some(show_value(value)),
            _ => None,
        })
        .expect("a `let`")
}

/// The size of the first `const`.
fn size_of(body: &str) -> String {
    items(body)
        .iter()
        .find_map(|item| match item {
            Item::Const { value, .. } => Some(show_size(value)),
            _ => None,
        })
        .expect("a `const`")
}
