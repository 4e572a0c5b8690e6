//! Random tokens, and random statements.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::mutate::{Edit, split_words};
use super::words::{STATEMENTS, WORDS};

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
