//! Names become ids. Shapes play no part here.

mod arguments;
mod draft;
mod excuses;
mod later;
mod losses;
mod names;
mod shapes;
mod sizes;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, Span};

pub use self::arguments::{Arguments, Training};
pub use self::draft::{Draft, DraftNode, DraftTerm, DraftValue};
use self::excuses::Excuses;
use self::later::Later;
use self::names::{Meaning, Names};
use self::shapes::make_shape;
use self::sizes::Consts;
use crate::ast::{Declaration, Item, Limit, Size};
use crate::diagnostics::{Diagnostics, Place, Rule, nearest};
use crate::graph::{Dtype, ValueId};

/// Statements of which there can be one.
const SETTINGS: [&str; 4] = ["dtype", "tile", "budget", "loss"];

/// Names that a label cannot have, since the generated struct has a field of that name.
const FIELDS: &[&str] = &["frozen"];

/// Names that a label cannot have, since the generated struct has a method of that name; nor those with
/// `_with` behind them.
const METHODS: &[&str] = &[
    "accuracy",
    "add_scaled",
    "as_mut_slice",
    "as_slice",
    "backward",
    "backward_from",
    "backward_from_to_input",
    "boxed",
    "clone",
    "confusion",
    "copy_from",
    "evaluate",
    "forward",
    "forward_batch",
    "init",
    "init_trainable",
    "lerp",
    "loss",
    "new",
    "predict",
    "scale",
    "train_batch",
    "train_batch_indexed",
    "train_step",
    "visit_parameters",
    "visit_parameters_mut",
    "with_frozen",
];

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
        has_inputs: declaration.items.iter().any(|item| matches!(item, Item::Input { .. })),
        has_budget: false,
        has_unknown_names: false,
        has_hidden_output: false,
        later,
        unknown: BTreeSet::new(),
        excuses,
        diagnostics,
    };
    resolver.resolve_settings(declaration);
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
    /// `dtype`, `tile`, `budget` and `loss` may stand anywhere, once.
    fn resolve_settings(&mut self, declaration: &Declaration) {
        let mut seen: Vec<&str> = Vec::new();
        for item in &declaration.items {
            let (name, keyword) = match item {
                Item::Dtype { keyword, .. } => ("dtype", keyword),
                Item::Tile { keyword, .. } => ("tile", keyword),
                Item::Budget { keyword, .. } => ("budget", keyword),
                Item::Loss { keyword, .. } => ("loss", keyword),
                Item::Broken { keyword, .. } => {
                    seen.extend(SETTINGS.iter().find(|setting| *setting == keyword));
                    continue;
                }
                _ => continue,
            };
            if seen.contains(&name) {
                self.diagnostics
                    .error(
                        Rule::RepeatedSetting,
                        *keyword,
                        format!("there is already a `{name}` further up"),
                    )
                    .help(match name {
                        "loss" => "join the terms with `+` in one `loss`".to_owned(),
                        _ => format!("leave one `{name}` out"),
                    });
            }
            seen.push(name);
        }
    }

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
            Item::Input { name, shape, place } => self.resolve_input(name, shape, *place),
            Item::Let { name, value } => {
                let id = self.resolve_value(value);
                self.name_value(name, id);
            }
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

    fn resolve_dtype(&mut self, name: &Ident) {
        match name.to_string().as_str() {
            "f32" => self.draft.dtype = Dtype::F32,
            "f64" => self.draft.dtype = Dtype::F64,
            "i8" => {
                self.diagnostics
                    .error(
                        Rule::UnknownDtype,
                        name.span(),
                        "`dtype i8` is reserved and does not exist yet",
                    )
                    .help("use `dtype f32;`, which is the default");
            }
            other => {
                self.diagnostics
                    .error(Rule::UnknownDtype, name.span(), format!("`{other}` is not a dtype"))
                    .help(match nearest(other, ["f32", "f64"]) {
                        Some(near) => format!("use `{near}`; the types are `f32` and `f64`"),
                        None => "use `f32` or `f64`".to_owned(),
                    });
            }
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

    fn resolve_limit(&mut self, limit: &Limit) {
        const KINDS: &[&str] = &["parameters", "inference", "step", "batch"];
        let name = limit.name.to_string();
        if !KINDS.contains(&name.as_str()) {
            self.diagnostics
                .error(
                    Rule::UnknownLimit,
                    limit.name.span(),
                    format!("a budget has no limit `{name}`"),
                )
                .help(match nearest(&name, KINDS.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its limits are `{}`", KINDS.join("`, `")),
                });
            return;
        }
        if self.draft.limits.iter().any(|(other, ..)| *other == limit.name) {
            self.diagnostics
                .error(
                    Rule::RepeatedLimit,
                    limit.place,
                    format!("`{name}` is limited a second time"),
                )
                .help("leave one of them out");
            return;
        }
        if let Some(size) = self.consts.evaluate_integer(&limit.size, self.diagnostics) {
            let bytes = (size as u64).saturating_mul(limit.unit);
            self.draft.limits.push((limit.name.clone(), bytes, limit.place));
        }
    }

    /// Defines a name, unless it is taken or reserved, which is reported.
    fn define(&mut self, name: &Ident, meaning: Meaning) -> bool {
        // Of a name that is taken it is not known whose uses are meant.
        self.consts.mention(&name.to_string());
        self.names.define(name, meaning, self.diagnostics)
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

    /// What can be said only once everything has been read.
    fn check_whole(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        self.mark_excused();
        if self.draft.inputs.is_empty() && !self.excuses.may_declare("input") {
            self.diagnostics
                .error(Rule::NoInput, name.span(), format!("`{name}` has no input"))
                .help("declare one: `input x: [4];`");
        }
        let may_have_outputs = self.has_hidden_output || self.excuses.may_declare("output");
        if self.draft.outputs.is_empty() && !may_have_outputs {
            self.diagnostics
                .error(Rule::NoOutput, name.span(), format!("`{name}` has no output"))
                .help("declare one: `output y = x -> dense(1);`");
        }
        for (value, used) in self.draft.values.iter().zip(&self.used) {
            if self.draft.outputs.is_empty() || self.has_unknown_names || self.excuses.any_use {
                break;
            }
            let Some(name) = &value.name else { continue };
            // One that was used too early has been reported.
            if !used && !self.unknown.contains(&name.to_string()) {
                self.diagnostics
                    .error(
                        Rule::UnusedValue,
                        name.span(),
                        format!("nothing uses the value `{name}`"),
                    )
                    .help(format!("remove it, or expose it with `output {name};`"));
            }
        }
        self.check_automatic_names();
        if !self.consts.has_unknown() && !self.excuses.any_use {
            for name in self.consts.unused() {
                self.diagnostics
                    .error(
                        Rule::UnusedConst,
                        name.span(),
                        format!("nothing uses the const `{name}`"),
                    )
                    .help("remove it");
            }
        }
    }

    /// A statement with a mistake in it uses the names that it mentions.
    fn mark_excused(&mut self) {
        for word in &self.excuses.words {
            self.consts.mention(word);
            if let Some(Meaning::Value(id)) = self.names.find(word) {
                self.used[id.0] = true;
            }
        }
    }

    /// A label that equals an automatic name would make two fields of one name.
    fn check_automatic_names(&mut self) {
        let names: BTreeSet<String> = automatic_names(&self.draft).into_iter().flatten().collect();
        for node in &self.draft.nodes {
            let Some(label) = &node.label else { continue };
            let text = label.to_string();
            let method = text.strip_suffix("_with").unwrap_or(&text);
            let owner = if names.contains(&text) {
                "an unlabelled layer has this name automatically"
            } else if FIELDS.contains(&text.as_str()) {
                "the generated struct has a field of this name"
            } else if METHODS.contains(&method) || METHODS.contains(&text.as_str()) {
                "the generated struct has a method of this name"
            } else {
                continue;
            };
            self.diagnostics
                .error(Rule::TakenLabel, label.span(), format!("the label `{label}` is taken"))
                .note(owner)
                .help(format!("choose another label, such as `{label}_layer`"));
        }
    }
}

/// The names of unlabelled layers, by node: `dense1`, `dense2`, .. in the order of their kind.
pub fn automatic_names(draft: &Draft) -> Vec<Option<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    draft
        .nodes
        .iter()
        .map(|node| {
            if node.label.is_some() || node.shares.is_some() {
                return None;
            }
            let keyword = node
                .op
                .as_ref()
                .map_or_else(|| node.keyword.to_string(), |op| op.keyword().to_owned());
            let count = counts.entry(keyword.clone()).or_default();
            *count += 1;
            Some(format!("{keyword}{count}"))
        })
        .collect()
}

/// An identifier that stands at a place of the user's without being a word of the user's.
fn ident_at(name: &str, span: Span) -> Ident {
    Ident::new(name, span)
}
