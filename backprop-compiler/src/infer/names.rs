//! What the generated code calls each value and each layer.

use std::collections::{BTreeMap, BTreeSet};

use crate::ast::plain;
use crate::resolve::{Draft, DraftNode, automatic_names};

/// By node: its label or automatic name; the label of the first use where it is shared.
pub fn name_layers(draft: &Draft) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(draft.nodes.len());
    for (node, automatic) in draft.nodes.iter().zip(automatic_names(draft)) {
        let label = node.label.as_ref().map(plain);
        let of_first = node.shares.and_then(|first| names.get(first)).cloned();
        names.push(label.or(automatic).or(of_first).unwrap_or_else(|| plain(&node.keyword)));
    }
    names
}

/// What a layer is called in files of PyTorch's, and whether a person said so: automatic names change when another layer
/// is put before them.
pub fn name_module(node: &DraftNode, layer_name: &str) -> (String, bool) {
    let path = node.path.as_ref().map(|path| path.text.as_str());
    let Some(module) = &node.module else {
        return (path.unwrap_or(layer_name).to_owned(), path.is_some() || node.label.is_some());
    };
    let block = node.block.as_deref().unwrap_or_default();
    let within = layer_name.strip_prefix(block).and_then(|rest| rest.strip_prefix('_'));
    let name = path.or(within).unwrap_or(layer_name);
    (format!("{}.{name}", module.path), path.is_some() && module.is_named)
}

/// By value: its declared name; without one, that of the layer that computes it.
/// No two are equal, even where a layer is used twice or an input has a layer's name.
pub fn collect_value_names(draft: &Draft, layer_names: &[String]) -> Vec<String> {
    let mut names = vec![String::new(); draft.values.len()];
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // By name: the number of its last use. No lower one becomes free again.
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let mut choose = |wanted: String| {
        let use_number = uses.entry(wanted.clone()).or_insert(1);
        let mut name = wanted.clone();
        while !taken.insert(name.clone()) {
            *use_number += 1;
            name = format!("{wanted}_{use_number}");
        }
        name
    };
    for id in &draft.inputs {
        names[id.0] = choose(draft.values[id.0].name.as_ref().map_or_else(String::new, plain));
    }
    for (node, layer) in draft.nodes.iter().zip(layer_names) {
        let declared = draft.values[node.output.0].name.as_ref().map(plain);
        names[node.output.0] = choose(declared.unwrap_or_else(|| layer.clone()));
    }
    names
}
