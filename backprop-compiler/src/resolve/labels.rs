//! Labels, and the automatic names of layers without one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Resolver, Use};
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
    "load_const",
    "load_trainable",
    "load_trainable_const",
    "loss",
    "new",
    "predict",
    "scale",
    "step",
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
        let automatic = automatic_names(&self.draft);
        let mut names: BTreeSet<String> = automatic.iter().flatten().cloned().collect();
        names.extend(self.uses.iter().filter_map(Use::automatic_name));
        let of_layers = self.draft.nodes.iter().filter_map(|node| node.label.as_ref());
        let of_uses = self.uses.iter().filter_map(|one| one.label.as_ref());
        let mut taken = Vec::new();
        for label in of_layers.chain(of_uses) {
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
            taken.push((label.clone(), owner));
        }
        // `a` of a block with a `depthwise_conv1d`, and `a_depthwise` of one with a `conv1d`.
        for one in &self.uses {
            let clashes = one.nodes.iter().any(|node| {
                let name = &automatic[*node];
                name.is_some() && automatic.iter().filter(|other| *other == name).count() > 1
            });
            if let (true, Some(label)) = (clashes, &one.label) {
                taken
                    .push((label.clone(), "a layer of another block has the name of one of these"));
            }
        }
        for (label, owner) in taken {
            self.diagnostics
                .error(Rule::TakenLabel, label.span(), format!("the label `{label}` is taken"))
                .note(owner)
                .help(format!("choose another label, such as `{label}_layer`"));
        }
    }
}

/// The names of unlabelled layers, by node: `dense1`, `dense2`, .. in the order of their kind; in a block they follow
/// that of its use: `stage1_dense1`.
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
            let kind = match &node.block {
                Some(block) => format!("{block}_{keyword}"),
                None => keyword,
            };
            let count = counts.entry(kind.clone()).or_default();
            *count += 1;
            Some(format!("{kind}{count}"))
        })
        .collect()
}
