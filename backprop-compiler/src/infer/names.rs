//! What the generated code calls each value and each layer.

use crate::resolve::{Draft, automatic_names};

/// By node: its label or automatic name; the label of the first use where it is shared.
pub fn name_layers(draft: &Draft) -> Vec<String> {
    let automatic = automatic_names(draft);
    draft
        .nodes
        .iter()
        .zip(automatic)
        .map(|(node, automatic)| {
            let label = node.label.as_ref().map(ToString::to_string);
            let name = label.or(automatic).unwrap_or_else(|| node.keyword.to_string());
            name.trim_start_matches("r#").to_owned()
        })
        .collect()
}

/// By value: its declared name; without one, that of the layer that computes it.
/// No two are equal, even where a layer is used twice or an input has a layer's name.
pub fn collect_value_names(draft: &Draft, layer_names: &[String]) -> Vec<String> {
    let mut names = vec![String::new(); draft.values.len()];
    let mut taken: Vec<String> = Vec::new();
    let mut choose = |wanted: String| {
        let mut name = wanted.clone();
        let mut use_number = 1;
        while taken.contains(&name.to_lowercase()) {
            use_number += 1;
            name = format!("{wanted}_{use_number}");
        }
        taken.push(name.to_lowercase());
        name
    };
    for id in &draft.inputs {
        let name = draft.values[id.0].name.as_ref().map_or_else(String::new, ToString::to_string);
        names[id.0] = choose(name.trim_start_matches("r#").to_owned());
    }
    for (node, layer) in draft.nodes.iter().zip(layer_names) {
        let declared = draft.values[node.output.0].name.as_ref().map(ToString::to_string);
        let wanted = declared.unwrap_or_else(|| layer.clone());
        names[node.output.0] = choose(wanted.trim_start_matches("r#").to_owned());
    }
    names
}
