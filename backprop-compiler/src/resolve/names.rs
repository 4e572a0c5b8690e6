//! The one namespace of values, labels and consts.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use crate::diagnostics::{Diagnostics, Rule};
use crate::graph::ValueId;
use crate::losses::LOSSES;
use crate::ops::LAYERS;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A const.
    Const,
    /// A value.
    Value(ValueId),
    /// The label of a call of a layer, by index into the draft's calls.
    Label(usize),
    /// A block, by index.
    Block(usize),
    /// The label of a use of a block, by index.
    Use(usize),
}

/// Names and what they stand for, in a stable order.
#[derive(Debug, Default)]
pub struct Names {
    meanings: BTreeMap<String, (Meaning, Ident)>,
}

impl Names {
    /// Defines a name, unless it is taken or reserved, which is reported.
    pub fn define(
        &mut self,
        name: &Ident,
        meaning: Meaning,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let text = name.to_string();
        if is_reserved(&text) {
            diagnostics
                .error(
                    Rule::ReservedName,
                    name.span(),
                    format!("`{text}` is a keyword of the language"),
                )
                .help(format!("choose another name, such as `my_{text}`"));
            // Where it is used, it is what was meant.
            self.meanings.entry(text).or_insert((meaning, name.clone()));
            return false;
        }
        if let Some((first, _)) = self.meanings.get(&text) {
            let kind = match first {
                Meaning::Const => "a const",
                Meaning::Value(_) => "a value",
                Meaning::Label(_) | Meaning::Use(_) => "a label",
                Meaning::Block(_) => "a block",
            };
            diagnostics
                .error(
                    Rule::DefinedTwice,
                    name.span(),
                    format!("the name `{text}` is defined twice"),
                )
                .note(format!("`{text}` is already {kind} further up"))
                .help("values, labels, blocks and consts share one namespace: choose another name");
            return false;
        }
        self.meanings.insert(text, (meaning, name.clone()));
        true
    }

    /// What the name stands for.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Meaning> {
        self.meanings.get(name).map(|(meaning, _)| *meaning)
    }

    /// Names for which `chosen` holds.
    pub fn list(&self, chosen: impl Fn(Meaning) -> bool) -> impl Iterator<Item = &str> {
        self.meanings
            .iter()
            .filter(move |(_, (meaning, _))| chosen(*meaning))
            .map(|(name, _)| name.as_str())
    }
}

/// Whether the word is a layer's or a loss's keyword, or `concat`.
fn is_reserved(name: &str) -> bool {
    name == "concat"
        || LAYERS.iter().any(|layer| layer.keyword == name)
        || LOSSES.iter().any(|loss| loss.keyword == name)
}
