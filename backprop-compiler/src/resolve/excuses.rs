//! What must not be reported because it may follow from a mistake of the grammar.

use std::collections::BTreeSet;

use crate::ast::{Declaration, Item};
use crate::diagnostics::{Diagnostics, Rule};

/// What statements with a mistake in them may have said.
#[derive(Debug, Default)]
pub struct Excuses {
    /// Every word in them: each may be a name that they define, or use.
    pub words: BTreeSet<String>,
    /// Whether a name is missing altogether, so that any may be the one.
    pub all: bool,
    /// Whether a value is missing, so that what nothing uses may be what should stand there.
    pub any_use: bool,
    /// The first words of those that declare no name.
    nameless: BTreeSet<String>,
}

impl Excuses {
    /// Those of a declaration of which so far only the grammar was checked.
    pub fn collect(declaration: &Declaration, diagnostics: &Diagnostics) -> Self {
        let is_broken = |rules: &[Rule]| {
            diagnostics.messages().iter().any(|message| rules.contains(&message.rule))
        };
        let mut excuses = Self {
            all: is_broken(&[Rule::MissingName]),
            any_use: is_broken(&[Rule::MissingName, Rule::MissingValue, Rule::LayerAsValue]),
            ..Self::default()
        };
        for item in &declaration.items {
            if let Item::Broken { keyword, name, words } = item {
                excuses.words.extend(words.iter().cloned());
                if name.is_none() {
                    excuses.nameless.insert(keyword.clone());
                }
            }
        }
        excuses
    }

    /// Whether an unknown name may be defined in one of them.
    pub fn cover(&self, name: &str) -> bool {
        self.all || self.words.contains(name)
    }

    /// Whether one of them may be a statement of this keyword.
    pub fn may_declare(&self, keyword: &str) -> bool {
        const OTHERS: [&str; 8] =
            ["let", "loss", "const", "block", "budget", "dtype", "tile", "code"];
        self.nameless.iter().any(|other| other == keyword || !OTHERS.contains(&other.as_str()))
    }
}
