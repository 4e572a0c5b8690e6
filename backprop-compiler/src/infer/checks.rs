//! What is wrong with a network although every shape fits.

use crate::diagnostics::Diagnostics;
use crate::graph::{Dtype, Graph, LayerId, Term};
use crate::source::Source;

/// How many layers, joins and losses rustc compiles in bearable time: each is a dozen calls of generated code.
const MAXIMUM_PARTS: usize = 1024;

/// Reports networks of an impossible size, losses that train nothing, and layers that no loss trains.
pub fn check_graph(graph: &Graph, source: &Source, diagnostics: &mut Diagnostics) {
    let count = graph.nodes.len() + graph.terms.len();
    if count > MAXIMUM_PARTS {
        let name = &graph.name;
        diagnostics
            .error(
                source.name.span(),
                format!("`{name}` has {count} layers, joins and losses, more than {MAXIMUM_PARTS}"),
            )
            .help("split it into several networks");
        return;
    }
    let bytes = graph.count_parameters(|_| true).saturating_mul(graph.dtype.bytes());
    if u32::try_from(bytes).is_err() {
        diagnostics
            .error(
                source.name.span(),
                format!("`{}` has more parameters than a 32-bit target can address", graph.name),
            )
            .help("make its layers smaller");
        return;
    }
    if graph.terms.is_empty() {
        return;
    }
    let mut trained = vec![false; graph.layers.len()];
    for (term, place) in graph.terms.iter().zip(&source.term_places) {
        if graph.dtype == Dtype::F32 && term.weight > f64::from(f32::MAX) {
            diagnostics
                .error(*place, format!("the weight {:e} is infinite as an `f32`", term.weight))
                .help("give a smaller weight, or write `dtype f64;`");
        }
        let reached = find_trainable(graph, term);
        if reached.is_empty() {
            diagnostics
                .error(*place, "this loss reaches nothing that can be trained")
                .note(if graph.layers.is_empty() {
                    "the network has no parameters".to_owned()
                } else {
                    "every layer below its output is frozen".to_owned()
                })
                .help("remove it, or make a layer below its output trainable");
        }
        for layer in reached {
            trained[layer.0] = true;
        }
    }
    if diagnostics.has_errors() {
        return;
    }
    for layer in graph.layer_ids() {
        let trainable = graph.layer(layer).parameters.iter().any(|one| one.trainable);
        if trainable && !trained[layer.0] {
            let name = &graph.layer(layer).name;
            diagnostics
                .warn(source.layer_places[layer.0], format!("no loss reaches the layer `{name}`"))
                .help("add a loss on an output above it, or write `trainable = false`");
        }
    }
}

/// The layers with something trainable below a term.
fn find_trainable(graph: &Graph, term: &Term) -> Vec<LayerId> {
    let mut below = vec![false; graph.values.len()];
    below[term.value.0] = true;
    let mut reached = Vec::new();
    for node in graph.nodes.iter().rev().skip_while(|node| node.output != term.value) {
        if below[node.output.0] {
            node.inputs.iter().for_each(|input| below[input.0] = true);
            reached.extend(node.layer);
        }
    }
    reached.retain(|layer| graph.layer(*layer).parameters.iter().any(|one| one.trainable));
    reached
}
