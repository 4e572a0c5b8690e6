//! What is wrong with a network, or doubtful, although every shape fits.

use std::collections::BTreeSet;

use crate::ast::{Declaration, Item};
use crate::diagnostics::{Diagnostics, Rule};
use crate::graph::{Dtype, Graph, LayerId, MAXIMUM_PARTS, Shape, Term};
use crate::losses::Domain;
use crate::ops::Parameter;
use crate::ops::elementwise::{REALS, describe_range};
use crate::resolve::{Draft, DraftNode};
use crate::source::Source;

/// Warns of activations without effect, and of those that narrow what a loss reads.
pub fn check_activations(
    draft: &Draft,
    shapes: &[Option<Shape>],
    producers: &[Option<&DraftNode>],
    diagnostics: &mut Diagnostics,
) {
    for node in draft.nodes.iter().filter(|node| !node.is_muted) {
        let (Some(op), Some(shape)) = (&node.op, &shapes[node.inputs[0].0]) else { continue };
        let producer = producers[node.inputs[0].0];
        let range = producer.and_then(|one| one.op.as_ref()?.range()).unwrap_or(REALS);
        let Some(headline) = op.describe_idle(shape, &range) else { continue };
        let warning = diagnostics.warn(Rule::NoEffect, node.place, headline);
        if let Some(producer) = producer.filter(|_| range != REALS) {
            let (keyword, range) = (&producer.keyword, describe_range(&range));
            warning.note(format!("what `{keyword}` computes lies {range}"));
        }
        warning.help(match shape.count() {
            1 => format!("leave `-> {}` out, or give it two elements at least", node.keyword),
            _ => format!("leave `-> {}` out", node.keyword),
        });
    }
    for term in draft.terms.iter().filter(|term| !term.is_guess) {
        let (name, value) = &draft.outputs[term.output];
        let producer = producers[value.0];
        let Some(op) = producer.and_then(|node| node.op.as_ref()) else { continue };
        let (Some(range), None) = (op.range(), term.loss.refuses(op.keyword())) else { continue };
        let keyword = op.keyword();
        let loss = term.loss.keyword();
        let (rule, wanted, help) = match term.loss.domain() {
            Domain::Logits if range != REALS => (
                Rule::SquashedLogits,
                "logits, which are numbers of any size and sign",
                format!("give the loss the value before the `{keyword}`"),
            ),
            Domain::Probabilities if *range.start() < 0.0 || *range.end() > 1.0 => (
                Rule::NoProbabilities,
                "probabilities, which lie between 0 and 1",
                format!(
                    "end `{name}` with `-> sigmoid`, or use `binary_cross_entropy_with_logits`"
                ),
            ),
            Domain::LogProbabilities if *range.end() > 0.0 => (
                Rule::NoProbabilities,
                "logarithms of probabilities, which lie below 0",
                format!("end `{name}` with `-> log_softmax`"),
            ),
            _ => continue,
        };
        let headline = format!("`{loss}` takes {wanted}, but `{name}` comes from `{keyword}`");
        let warning = diagnostics.warn(rule, term.place, headline);
        if range != REALS {
            warning.note(format!("what `{keyword}` computes lies {}", describe_range(&range)));
        }
        warning.help(help);
    }
}

/// Reports statistics of tiles whose size is not declared, or that have a single element of each channel.
pub fn check_tile_statistics(
    declaration: &Declaration,
    draft: &Draft,
    shapes: &[Option<Shape>],
    diagnostics: &mut Diagnostics,
) {
    let is_declared = declaration.items.iter().any(|item| matches!(item, Item::Tile { .. }));
    for node in draft.nodes.iter().filter(|node| !node.is_muted) {
        let Some(op) = node.op.as_ref().filter(|op| op.takes_tile_statistics()) else { continue };
        let keyword = op.keyword();
        let shape = shapes[node.output.0].as_ref();
        let is_single = shape.is_some_and(|shape| shape.count() == shape.axes()[0]);
        let (headline, help) = if !is_declared {
            (
                format!(
                    "`{keyword}` needs the statistics of a tile, but no `tile` says how large one is"
                ),
                "add `tile = 32;`",
            )
        } else if draft.tile == Some(1) && is_single {
            (
                format!(
                    "`{keyword}` needs the statistics of a tile, but one of a single sample has no variance"
                ),
                "declare a larger `tile`",
            )
        } else {
            continue;
        };
        // One change mends all of them.
        diagnostics.error(Rule::TileStatistics, node.place, headline).help(help);
        return;
    }
}

/// Reports networks of an impossible size, losses that train nothing, and layers that no loss trains.
pub fn check_graph(graph: &Graph, source: &Source, diagnostics: &mut Diagnostics) {
    let count = graph.nodes.len() + graph.terms.len();
    if count > MAXIMUM_PARTS {
        let name = &graph.name;
        diagnostics
            .error(
                Rule::BeyondLimits,
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
                Rule::NetworkTooLarge,
                source.name.span(),
                format!("`{}` has more parameters than a 32-bit target can address", graph.name),
            )
            .help("make its layers smaller");
        return;
    }
    check_tensors(graph, source, diagnostics);
    if graph.terms.is_empty() {
        return;
    }
    let mut trained = vec![false; graph.layers.len()];
    for (term, place) in graph.terms.iter().zip(&source.term_places) {
        if graph.dtype == Dtype::F32 && term.weight > f64::from(f32::MAX) {
            diagnostics
                .error(
                    Rule::LossWeight,
                    *place,
                    format!("the weight {:e} is infinite as an `f32`", term.weight),
                )
                .help("give a smaller weight, or write `dtype f64;`");
        }
        let reached = find_trainable(graph, term);
        if reached.is_empty() {
            diagnostics
                .error(
                    Rule::NothingTrainable,
                    *place,
                    "this loss reaches nothing that can be trained",
                )
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
        let trainable = graph.layer(layer).parameters.iter().any(Parameter::learns);
        if trainable && !trained[layer.0] {
            let name = &graph.layer(layer).name;
            diagnostics
                .warn(
                    Rule::UntrainedLayer,
                    source.layer_places[layer.0],
                    format!("no loss reaches the layer `{name}`"),
                )
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
    reached.retain(|layer| graph.layer(*layer).parameters.iter().any(Parameter::learns));
    reached
}

/// Reports layers whose parameters have the names of another's in files of PyTorch's.
fn check_tensors(graph: &Graph, source: &Source, diagnostics: &mut Diagnostics) {
    let (mut names, mut layers) = (BTreeSet::new(), BTreeSet::new());
    for (layer, place) in graph.layers.iter().zip(&source.layer_places) {
        // Two of one name here have been reported as such.
        if !layers.insert(&layer.name) {
            continue;
        }
        let mut own = layer.parameters.iter().map(|parameter| layer.name_tensor(parameter));
        let Some(taken) = own.find(|name| !names.insert(name.clone())) else { continue };
        diagnostics
            .error(
                Rule::DefinedTwice,
                *place,
                format!("another layer has parameters of the name `{taken}`"),
            )
            .note(
                "files of PyTorch's go by these names: a path, or a label, and the field behind it",
            )
            .help("give one of the two layers another path behind `as`");
    }
}
