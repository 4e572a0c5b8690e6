//! Shapes of every value; all shape rules are applied here, and those of the losses.

mod checks;
mod names;
mod steps;
mod targets;

use std::collections::BTreeSet;

use proc_macro2::Ident;

use self::names::{collect_value_names, name_layers, name_module};
pub use self::steps::Steps;
use self::steps::describe_steps;
use self::targets::{NamedTarget, infer_targets, name_targets};
use crate::ast::{Declaration, plain};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule};
use crate::graph::{
    Graph, Layer, LayerId, Node, NodeId, Output, Shape, TargetField, Term, Value, ValueId,
};
use crate::init::Init;
use crate::losses::Target;
use crate::ops::Parameter;
use crate::resolve::{Draft, DraftNode};
use crate::source::Source;

/// What is known of the interface even where something is wrong: what stubs are made of.
#[derive(Debug)]
pub struct Interface {
    /// The declared name and the number of scalars of every input.
    pub inputs: Vec<(Ident, Option<usize>)>,
    /// The same of every output.
    pub outputs: Vec<(Ident, Option<usize>)>,
    /// The same of every target; empty without a loss.
    pub targets: Vec<(String, Option<Target>)>,
    /// Whether there is a loss of which not every target is known.
    pub unknown_loss: bool,
    /// Of a network that could run step by step: what a step takes and returns.
    pub steps: Option<Steps>,
    /// The layers whose parameters are known, each once.
    pub layers: Vec<(Ident, Vec<Parameter>)>,
}

impl Interface {
    /// Whether any parameter is known to be frozen.
    #[must_use]
    pub fn has_frozen(&self) -> bool {
        self.layers.iter().any(|(_, parameters)| parameters.iter().any(|one| !one.trainable))
    }
}

/// Infers every shape. The graph is there unless something is wrong that leaves its parts in doubt.
pub fn infer(
    declaration: &Declaration,
    draft: Draft,
    diagnostics: &mut Diagnostics,
) -> (Option<(Graph, Source)>, Interface) {
    let mut shapes: Vec<Option<Shape>> =
        draft.values.iter().map(|value| value.shape.clone()).collect();
    for node in &draft.nodes {
        shapes[node.output.0] = infer_node(node, &draft, &shapes, diagnostics);
    }
    let parameters = infer_parameters(&draft, &shapes, diagnostics);
    let producers = find_producers(&draft);
    let targets = infer_targets(&draft, &shapes, &producers, diagnostics);
    let fields = name_targets(&draft, &targets);
    let interface = describe_interface(&draft, &shapes, &fields, &parameters);
    checks::check_tile_statistics(declaration, &draft, &shapes, diagnostics);
    checks::check_activations(&draft, &shapes, &producers, diagnostics);
    let shapes: Option<Vec<Shape>> = shapes.into_iter().collect();
    let is_guess = draft.unknown_loss || draft.terms.iter().any(|term| term.is_guess);
    let is_known = !is_guess && draft.nodes.iter().all(|node| node.op.is_some());
    let Some(shapes) = shapes.filter(|_| is_known && diagnostics.spare_graph()) else {
        return (None, interface);
    };
    let (graph, source) = build_graph(declaration, draft, shapes, parameters, (targets, fields));
    checks::check_graph(&graph, &source, diagnostics);
    let is_whole = diagnostics.spare_graph();
    (is_whole.then_some((graph, source)), interface)
}

fn infer_node(
    node: &DraftNode,
    draft: &Draft,
    shapes: &[Option<Shape>],
    diagnostics: &mut Diagnostics,
) -> Option<Shape> {
    let op = node.op.as_ref()?;
    let operands: Vec<Option<&Shape>> =
        node.inputs.iter().map(|id| shapes[id.0].as_ref()).collect();
    let Some(inputs) = operands.iter().copied().collect::<Option<Vec<&Shape>>>() else {
        return op.recover_shape(&operands);
    };
    match op.infer_shape(&inputs) {
        Ok(shape) => Some(shape),
        Err(_) if node.is_muted => op.recover_shape(&operands),
        Err(misfit) => {
            let error = diagnostics.error(misfit.rule, node.place, misfit.headline);
            for (id, shape) in node.inputs.iter().zip(&inputs) {
                error.note(format!("{} has the shape {shape}", describe_value(draft, *id)));
            }
            note_block(node, error).help(misfit.help);
            op.recover_shape(&operands)
        }
    }
}

/// Says in which use of a block the node stands, if it is in one: the place is that of all uses.
fn note_block<'a>(node: &DraftNode, error: &'a mut Diagnostic) -> &'a mut Diagnostic {
    match &node.block {
        Some(block) => error.note(format!("this is so in `{block}`, a use of the block")),
        None => error,
    }
}

/// A value in words: its name, or the layer that computes it.
fn describe_value(draft: &Draft, id: ValueId) -> String {
    if let Some(name) = &draft.values[id.0].name {
        return format!("`{name}`");
    }
    match draft.nodes.iter().find(|node| node.output == id) {
        Some(node) => match node.op.as_ref().and_then(|op| op.result_name()) {
            Some(name) => format!("this {name}"),
            None => format!("the value of `{}`", node.keyword),
        },
        None => "this value".to_owned(),
    }
}

/// The parameters of every node that brings a layer of its own; shared ones must fit the first use.
fn infer_parameters(
    draft: &Draft,
    shapes: &[Option<Shape>],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Vec<Parameter>>> {
    let mut parameters: Vec<Option<Vec<Parameter>>> = Vec::new();
    for node in &draft.nodes {
        let inputs: Option<Vec<&Shape>> =
            node.inputs.iter().map(|id| shapes[id.0].as_ref()).collect();
        let known = match (&node.op, inputs, &shapes[node.output.0]) {
            (Some(op), Some(inputs), Some(_)) => Some(op.parameters(&inputs)),
            _ => None,
        };
        if let (Some(first), Some(own)) = (node.shares, &known)
            && let Some(Some(others)) = parameters.get(first)
            && own.iter().zip(others).any(|(one, other)| one.shape != other.shape)
        {
            let (keyword, input) = (&node.keyword, node.inputs[0]);
            let first_input = draft.nodes[first].inputs[0];
            let shape = |id: ValueId| shapes[id.0].as_ref().map_or(String::new(), Shape::to_string);
            let error = diagnostics.error(
                Rule::SharedShape,
                node.place,
                format!("the weights of `{keyword}` do not fit this value"),
            );
            error
                .note(format!("{} has the shape {}", describe_value(draft, input), shape(input)))
                .note(format!("`{keyword}` was made for the shape {}", shape(first_input)));
            note_block(node, error)
                .help("feed it a value of that shape, or declare a layer of its own");
        }
        parameters.push(known);
    }
    parameters
}

/// The layers with parameters that are known. A name that was given twice, which is an error of its own, stands for the first.
fn list_known_layers(
    draft: &Draft,
    parameters: &[Option<Vec<Parameter>>],
) -> Vec<(Ident, Vec<Parameter>)> {
    let mut taken = BTreeSet::new();
    let mut layers = Vec::new();
    for ((node, name), own) in draft.nodes.iter().zip(name_layers(draft)).zip(parameters) {
        let own = own.clone().unwrap_or_default();
        if node.shares.is_none() && !own.is_empty() && taken.insert(name.clone()) {
            layers.push((name_field(node, &name), own));
        }
    }
    layers
}

/// What the field of a layer's parameters is called.
fn name_field(node: &DraftNode, layer_name: &str) -> Ident {
    node.label.clone().unwrap_or_else(|| Ident::new(layer_name, node.keyword.span()))
}

/// By value: the node that really computes it. Views hand on what they are given.
fn find_producers(draft: &Draft) -> Vec<Option<&DraftNode>> {
    let mut producers = vec![None; draft.values.len()];
    for node in &draft.nodes {
        producers[node.output.0] = match &node.op {
            Some(op) if op.is_view() => producers[node.inputs[0].0],
            _ => Some(node),
        };
    }
    producers
}

fn describe_interface(
    draft: &Draft,
    shapes: &[Option<Shape>],
    fields: &[NamedTarget],
    parameters: &[Option<Vec<Parameter>>],
) -> Interface {
    let count = |id: ValueId| shapes[id.0].as_ref().map(Shape::count);
    let inputs = draft
        .inputs
        .iter()
        .filter_map(|id| Some((draft.values[id.0].name.clone()?, count(*id))))
        .collect();
    let outputs = draft.outputs.iter().map(|(name, id)| (name.clone(), count(*id))).collect();
    let targets = fields.iter().map(|(name, target, _)| (name.clone(), target.clone())).collect();
    let layers = list_known_layers(draft, parameters);
    let steps = describe_steps(draft, shapes);
    Interface { inputs, outputs, targets, unknown_loss: draft.unknown_loss, steps, layers }
}

fn build_graph(
    declaration: &Declaration,
    draft: Draft,
    shapes: Vec<Shape>,
    parameters: Vec<Option<Vec<Parameter>>>,
    (targets, fields): (Vec<Option<Target>>, Vec<NamedTarget>),
) -> (Graph, Source) {
    let layer_names = name_layers(&draft);
    let value_names = collect_value_names(&draft, &layer_names);
    let mut source = start_source(declaration, &draft);
    let mut values: Vec<Value> = shapes
        .into_iter()
        .zip(value_names)
        .enumerate()
        .map(|(index, (shape, name))| Value {
            name,
            shape,
            producer: None,
            storage: ValueId(index),
        })
        .collect();
    let mut layers: Vec<Layer> = Vec::new();
    let mut layer_of_node: Vec<Option<LayerId>> = Vec::new();
    let mut nodes = Vec::new();
    for (index, node) in draft.nodes.into_iter().enumerate() {
        values[node.output.0].producer = Some(NodeId(index));
        let own = parameters[index].clone().unwrap_or_default();
        let layer = match node.shares {
            Some(first) => layer_of_node[first],
            None if own.is_empty() => None,
            None => {
                let name = layer_names[index].clone();
                source.layer_names.push(name_field(&node, &name));
                source.layer_places.push(node.place);
                let (path, is_labelled) = name_module(&node, &name);
                layers.push(Layer { name, path, is_labelled, parameters: own, uses: 0 });
                Some(LayerId(layers.len() - 1))
            }
        };
        if let Some(id) = layer {
            layers[id.0].uses += 1;
        }
        layer_of_node.push(layer);
        let (inputs, output) = (node.inputs, node.output);
        nodes.extend(node.op.map(|op| {
            let code = op.code().unwrap_or(draft.code);
            Node { op, inputs, output, layer, code }
        }));
    }
    let terms = draft
        .terms
        .into_iter()
        .zip(&targets)
        .map(|(term, target)| Term {
            loss: term.loss,
            weight: term.weight,
            weighted: term.weighted,
            value: draft.outputs[term.output].1,
            target: fields
                .iter()
                .position(|field| field.2 == term.output && field.1 == *target)
                .unwrap_or_default(),
        })
        .collect();
    let outputs = draft
        .outputs
        .into_iter()
        .map(|(name, value)| Output { name: plain(&name), value })
        .collect();
    let targets = fields
        .into_iter()
        .filter_map(|(name, target, _)| Some(TargetField { name, target: target? }))
        .collect();
    let mut graph = Graph {
        name: plain(&declaration.name),
        dtype: draft.dtype,
        declared_tile: draft.tile,
        values,
        nodes,
        layers,
        inputs: draft.inputs,
        outputs,
        terms,
        targets,
    };
    graph.find_storages();
    choose_initialisers(&mut graph);
    (graph, source)
}

/// The tokens and places that survive the draft.
fn start_source(declaration: &Declaration, draft: &Draft) -> Source {
    Source {
        facade: declaration.facade.clone(),
        attributes: declaration.attributes.clone(),
        visibility: declaration.visibility.clone(),
        name: declaration.name.clone(),
        value_names: draft.values.iter().map(|value| value.name.clone()).collect(),
        layer_names: Vec::new(),
        layer_places: Vec::new(),
        output_names: draft.outputs.iter().map(|(name, _)| name.clone()).collect(),
        term_places: draft.terms.iter().map(|term| term.place).collect(),
        limits: draft.limits.clone(),
    }
}

/// Where the declaration says nothing, the activation that follows a layer may choose how it starts.
fn choose_initialisers(graph: &mut Graph) {
    let wanted = collect_wanted(graph);
    // From the last use of a layer to the first, which has the last word.
    let mut chosen: Vec<Option<Init>> = vec![None; graph.layers.len()];
    for node in graph.nodes.iter().rev() {
        if let Some(layer) = node.layer {
            chosen[layer.0] = wanted[node.output.0];
        }
    }
    for (layer, chosen) in graph.layers.iter_mut().zip(chosen) {
        for parameter in &mut layer.parameters {
            parameter.init = parameter.init.or(chosen);
        }
    }
}

/// By value: what the first op that reads it and cares asks for, views aside.
fn collect_wanted(graph: &Graph) -> Vec<Option<Init>> {
    let mut wanted = vec![None; graph.values.len()];
    for node in graph.nodes.iter().filter(|node| !node.op.is_view()) {
        let slot = &mut wanted[graph.storage(node.inputs[0]).0];
        *slot = slot.or_else(|| node.op.init_before());
    }
    wanted
}
