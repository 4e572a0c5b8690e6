//! Labels, and the automatic names of layers without one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Resolver};
use crate::diagnostics::Rule;

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
    "load",
    "load_trainable",
    "loss",
    "new",
    "predict",
    "scale",
    "train_batch",
    "train_batch_indexed",
    "train_step",
    "train_step_part",
    "visit_parameters",
    "visit_parameters_mut",
    "with_frozen",
    "write_checkpoint",
];

impl Resolver<'_> {
    /// A label that equals an automatic name would make two fields of one name.
    pub(super) fn check_labels(&mut self) {
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
