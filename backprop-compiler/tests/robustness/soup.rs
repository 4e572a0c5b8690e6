//! Random tokens, and random statements.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::mutate::{Edit, split_words};
use super::words::WORDS;

/// Statements, so that soup gets past the parser.
const STATEMENTS: &[&str] = &[
    "input x: [4];",
    "input x: [2, 2];",
    "input a: [N];",
    "const N = 4;",
    "const N = N;",
    "dtype f64;",
    "tile = 4294967295;",
    "tile = 3;",
    "let a = x -> relu;",
    "let a = x -> dense(4) as mix -> mix -> tanh;",
    "let b = x + a;",
    "let b = concat(a, x, axis = 1);",
    "let b = (x * a + x) -> flatten;",
    "output y = x -> flatten -> dense(3);",
    "output y = b -> mix;",
    "output a;",
    "output b;",
    "output x;",
    "loss mse(y);",
    "loss cross_entropy(y) + 2 * mse(a);",
    "loss cross_entropy(y, target = probabilities) + mse(y) + mse(y);",
    "budget { parameters = 1 KiB, step = 1 }",
];

/// Tokens in any order, bare and between the braces of a network.
pub fn soup() -> impl Strategy<Value = String> {
    (vec(select(WORDS), 0..40), any::<bool>()).prop_map(|(words, bare)| {
        let soup = words.join(" ");
        if bare { soup } else { format!("pub struct Net {{ {soup} }}") }
    })
}

/// Statements in any order, some with edits.
pub fn statements() -> impl Strategy<Value = String> {
    (vec(select(STATEMENTS), 0..12), vec(edit(), 0..3)).prop_map(|(statements, edits)| {
        let mut words = split_words(&statements.concat());
        edits.iter().for_each(|edit| edit.apply(&mut words));
        format!("pub struct Net {{ {} }}", words.join(" "))
    })
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    any::<(u8, u16, u16)>().prop_map(|(kind, at, with)| Edit { kind, at, with })
}
