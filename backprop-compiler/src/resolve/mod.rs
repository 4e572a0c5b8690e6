//! Names become ids. Shapes play no part here.

mod arguments;
mod blocks;
mod draft;
mod excuses;
mod labels;
mod later;
mod layers;
mod losses;
mod names;
mod settings;
mod shapes;
mod sizes;
mod split;
mod values;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, Span};

use self::arguments::find_word;
pub use self::arguments::{Arguments, PerAxis, Training};
use self::blocks::{Block, Use};
pub use self::draft::{Draft, DraftNode, DraftTerm, DraftValue, Module};
use self::excuses::Excuses;
pub use self::labels::automatic_names;
use self::later::Later;
use self::names::{Meaning, Names};
use self::shapes::make_shape;
use self::sizes::Consts;
use crate::ast::{Declaration, Item, Size};
use crate::diagnostics::{Diagnostics, Place, Rule};
use crate::graph::{Code, ValueId};

/// Resolves every name of the declaration; what could not be resolved has been reported.
pub fn resolve(declaration: &Declaration, diagnostics: &mut Diagnostics) -> Draft {
    let excuses = Rc::new(Excuses::collect(declaration, diagnostics));
    let later = Rc::new(Later::list(declaration));
    let mut resolver = Resolver {
        draft: Draft::default(),
        names: Names::default(),
        consts: Consts::new(excuses.clone(), later.clone()),
        used: Vec::new(),
        outputs: BTreeMap::new(),
        blocks: Vec::new(),
        uses: Vec::new(),
        is_too_large: false,
        has_inputs: declaration.items.iter().any(|item| matches!(item, Item::Input { .. })),
        has_budget: false,
        has_unknown_names: false,
        has_hidden_output: false,
        later,
        unknown: BTreeSet::new(),
        excuses,
        diagnostics,
    };
    resolver.check_settings(declaration);
    for item in &declaration.items {
        resolver.resolve_item(item);
    }
    resolver.resolve_losses(declaration);
    resolver.check_whole(declaration);
    resolver.draft
}

struct Resolver<'a> {
    draft: Draft,
    names: Names,
    consts: Consts,
    /// By value: whether anything reads it.
    used: Vec<bool>,
    /// By name: the index of the output.
    outputs: BTreeMap<String, usize>,
    /// Those of the declaration.
    blocks: Vec<Block>,
    /// Where they are used, in the order of the text.
    uses: Vec<Use>,
    /// Whether blocks were found to make more layers than there may be, which is said once.
    is_too_large: bool,
    /// Without any input no name is known: one message says so.
    has_inputs: bool,
    has_budget: bool,
    /// After an unknown name, what nothing seems to use may be what was meant.
    has_unknown_names: bool,
    /// Whether a loss names a value that is not exposed.
    has_hidden_output: bool,
    /// What the whole declaration defines.
    later: Rc<Later>,
    /// The unknown values and labels that were reported: each is, once.
    unknown: BTreeSet<String>,
    excuses: Rc<Excuses>,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn resolve_item(&mut self, item: &Item) {
        match item {
            Item::Const { name, value } => {
                if self.define(name, Meaning::Const) {
                    self.consts.define(name, value, self.diagnostics);
                } else {
                    self.consts.mention_size(value);
                }
            }
            Item::Dtype { name, .. } => self.resolve_dtype(name),
            Item::Tile { size, .. } => {
                self.draft.tile =
                    self.consts.evaluate_size(size, "the number of samples", self.diagnostics);
            }
            Item::Code { word, .. } => {
                let index = find_word("code", word, &Code::WORDS, self.diagnostics);
                self.draft.code = index.map_or_else(Code::default, Code::from_index);
            }
            Item::Input { name, shape, place } => self.resolve_input(name, shape, *place),
            Item::Let { name, value } => {
                let id = self.resolve_value(value);
                self.name_value(name, id);
            }
            Item::Block { name, layers } => self.define_block(name, layers),
            Item::Split { names, value, place } => self.resolve_split(names, value, *place),
            Item::Output { name, value, .. } => {
                let id = match value {
                    Some(value) => {
                        let id = self.resolve_value(value);
                        self.name_value(name, id);
                        id
                    }
                    None => self.resolve_name(name),
                };
                self.used[id.0] = true;
                self.declare_output(name, id, value.is_some());
            }
            // A second budget has been reported as such.
            Item::Budget { limits, .. } => {
                if !std::mem::replace(&mut self.has_budget, true) {
                    for limit in limits {
                        self.resolve_limit(limit);
                    }
                }
            }
            Item::Broken { keyword, name: Some(name), .. } => self.define_broken(keyword, name),
            Item::Broken { .. } | Item::Loss { .. } => {}
        }
    }

    /// A name whose statement has a mistake in it: it exists, and nothing more is known of it.
    fn define_broken(&mut self, keyword: &str, name: &Ident) {
        let text = name.to_string();
        if keyword == "const" {
            if self.names.find(&text).is_none() {
                self.names.define(name, Meaning::Const, &mut Diagnostics::default());
            }
            self.consts.define_unknown(name);
            return;
        }
        if keyword == "block" {
            return self.define_broken_block(name);
        }
        let known = match self.names.find(&text) {
            Some(Meaning::Value(id)) => Some(id),
            _ => None,
        };
        let id = known.unwrap_or_else(|| self.add_value());
        self.used[id.0] = true;
        if known.is_none()
            && self.names.define(name, Meaning::Value(id), &mut Diagnostics::default())
        {
            self.draft.values[id.0].name = Some(name.clone());
        }
        match keyword {
            "input" if known.is_none() => self.draft.inputs.push(id),
            "output" => self.declare_output(name, id, true),
            _ => {}
        }
    }

    fn declare_output(&mut self, name: &Ident, id: ValueId, is_new: bool) {
        let next = self.draft.outputs.len();
        if *self.outputs.entry(name.to_string()).or_insert(next) == next {
            self.draft.outputs.push((name.clone(), id));
        } else if !is_new {
            self.diagnostics
                .error(Rule::RepeatedOutput, name.span(), format!("`{name}` is already an output"))
                .help("leave one of them out");
        }
    }

    fn resolve_input(&mut self, name: &Ident, axes: &[Size], place: Place) {
        let sizes: Vec<Option<usize>> = axes
            .iter()
            .map(|size| self.consts.evaluate_size(size, "an axis", self.diagnostics))
            .collect();
        let known: Option<Vec<usize>> = sizes.into_iter().collect();
        let shape = known.and_then(|axes| make_shape(axes, place, self.diagnostics));
        let id = self.add_value();
        self.draft.values[id.0].shape = shape;
        self.draft.inputs.push(id);
        self.name_value(name, id);
    }

    /// Defines a name, unless it is taken or reserved, which is reported.
    fn define(&mut self, name: &Ident, meaning: Meaning) -> bool {
        // Of a name that is taken it is not known whose uses are meant.
        self.consts.mention(&name.to_string());
        self.names.define(name, meaning, self.diagnostics)
    }

    /// Something uses what this name stands for.
    fn mark_used(&mut self, meaning: Option<Meaning>) {
        match meaning {
            Some(Meaning::Value(id)) => self.used[id.0] = true,
            Some(Meaning::Block(block)) => self.blocks[block].is_used = true,
            _ => {}
        }
    }

    fn add_value(&mut self) -> ValueId {
        self.draft.values.push(DraftValue { name: None, shape: None });
        self.used.push(false);
        ValueId(self.draft.values.len() - 1)
    }

    fn name_value(&mut self, name: &Ident, id: ValueId) {
        if self.define(name, Meaning::Value(id)) {
            let value = &mut self.draft.values[id.0];
            if value.name.is_none() {
                value.name = Some(name.clone());
            }
        } else {
            // The error about the name is enough: that nothing uses the value follows from it.
            self.used[id.0] = true;
        }
    }
}

/// An identifier that stands at a place of the user's without being a word of the user's.
fn ident_at(name: &str, span: Span) -> Ident {
    Ident::new(name, span)
}
