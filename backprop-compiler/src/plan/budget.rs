//! Holds the byte counts against the declaration's budget.

use super::Memory;
use crate::diagnostics::{Diagnostics, Rule};
use crate::graph::Graph;
use crate::source::Source;

/// Reports every limit that the network exceeds, by how much, and its largest layer.
pub fn check_budget(
    graph: &Graph,
    source: &Source,
    memory: &Memory,
    diagnostics: &mut Diagnostics,
) {
    if u32::try_from(memory.batch_bytes.max(memory.step_bytes)).is_err() {
        diagnostics
            .error(
                Rule::NetworkTooLarge,
                source.name.span(),
                format!("`{}` needs more bytes than any 32-bit target can address", graph.name),
            )
            .help("make its layers smaller, or give a smaller `tile`");
        return;
    }
    for (name, limit, place) in &source.limits {
        if name == "step" && graph.terms.is_empty() {
            diagnostics
                .error(Rule::UnknownLimit, *place, "a network without a loss has no training step")
                .help("add a loss, or limit `inference` or `batch`");
            continue;
        }
        let needed = match name.to_string().as_str() {
            "parameters" => memory.parameter_bytes,
            "inference" => memory.inference_bytes,
            "step" => memory.step_bytes,
            _ => memory.batch_bytes,
        } as u64;
        if needed <= *limit {
            continue;
        }
        let over = needed - limit;
        let what = if name == "parameters" {
            format!("`{}` has {needed} bytes of parameters", graph.name)
        } else {
            format!("`{}` needs a workspace of {needed} bytes for its {name}", graph.name)
        };
        let headline = format!("{what}, {over} over its budget");
        let error = diagnostics.error(Rule::BudgetExceeded, *place, headline);
        if let Some(largest) = describe_largest(graph, name == "parameters") {
            error.note(largest);
        }
        error.help("make the network smaller, or raise the limit");
    }
}

fn describe_largest(graph: &Graph, parameters: bool) -> Option<String> {
    let bytes = graph.dtype.bytes();
    if parameters {
        let count = |layer: &&crate::graph::Layer| {
            layer.parameters.iter().map(crate::ops::Parameter::count).sum::<usize>()
        };
        let largest = graph.layers.iter().max_by_key(count)?;
        let size = count(&largest) * bytes;
        return Some(format!("the largest layer is `{}` with {size} bytes", largest.name));
    }
    let computed = graph.values.iter().filter(|value| value.producer.is_some());
    let largest = computed.max_by_key(|value| value.shape.count())?;
    let size = largest.shape.count() * bytes;
    Some(format!("the largest value is that of `{}` with {size} bytes", largest.name))
}
