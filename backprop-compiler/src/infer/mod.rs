//! Shapes of every value; all shape rules are applied here, and those of the losses.

mod checks;
mod names;

use proc_macro2::Ident;

use self::names::{collect_value_names, name_layers};
use crate::ast::{Declaration, plain};
use crate::diagnostics::Diagnostics;
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
    /// Whether any parameter is known to be frozen.
    pub has_frozen: bool,
}

/// Infers every shape. The graph is there only if nothing is wrong with it.
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
    let targets = infer_targets(&draft, &shapes, diagnostics);
    let fields = name_targets(&draft, &targets);
    let mut interface = describe_interface(&draft, &shapes, &fields);
    interface.has_frozen =
        parameters.iter().flatten().flatten().any(|parameter| !parameter.trainable);
    let shapes: Option<Vec<Shape>> = shapes.into_iter().collect();
    let (Some(shapes), false) = (shapes, diagnostics.has_errors()) else {
        return (None, interface);
    };
    let (graph, source) = build_graph(declaration, draft, shapes, parameters, (targets, fields));
    checks::check_graph(&graph, &source, diagnostics);
    ((!diagnostics.has_errors()).then_some((graph, source)), interface)
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
        Err(misfit) => {
            let error = diagnostics.error(node.place, misfit.headline);
            for (id, shape) in node.inputs.iter().zip(&inputs) {
                error.note(format!("{} has the shape {shape}", describe_value(draft, *id)));
            }
            error.help(misfit.help);
            op.recover_shape(&operands)
        }
    }
}

/// A value in words: its name, or the layer that computes it.
fn describe_value(draft: &Draft, id: ValueId) -> String {
    if let Some(name) = &draft.values[id.0].name {
        return format!("`{name}`");
    }
    match draft.nodes.iter().find(|node| node.output == id) {
        Some(node) => format!("the value of `{}`", node.keyword),
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
            diagnostics
                .error(node.place, format!("the weights of `{keyword}` do not fit this value"))
                .note(format!("{} has the shape {}", describe_value(draft, input), shape(input)))
                .note(format!("`{keyword}` was made for the shape {}", shape(first_input)))
                .help("feed it a value of that shape, or declare a layer of its own");
        }
        parameters.push(known);
    }
    parameters
}

fn infer_targets(
    draft: &Draft,
    shapes: &[Option<Shape>],
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Target>> {
    let mut targets = Vec::new();
    for term in &draft.terms {
        let value = draft.outputs[term.output].1;
        let Some(shape) = &shapes[value.0] else {
            targets.push(None);
            continue;
        };
        let producer = find_producer(draft, value);
        let refused = producer
            .and_then(|node| node.op.as_ref())
            .and_then(|op| term.loss.refuses(op.keyword()));
        let target = term.loss.infer_target(shape);
        let target = match term.weighted {
            true => target.map(|target| Target::Weighted(Box::new(target))),
            false => target,
        };
        if let Some(misfit) = refused.or_else(|| target.clone().err()) {
            diagnostics.error(term.place, misfit.headline).help(misfit.help);
        }
        targets.push(target.ok());
    }
    targets
}

/// The node that really computes a value: views hand on what they are given.
fn find_producer(draft: &Draft, value: ValueId) -> Option<&DraftNode> {
    let node = draft.nodes.iter().find(|node| node.output == value)?;
    match &node.op {
        Some(op) if op.is_view() => find_producer(draft, node.inputs[0]),
        _ => Some(node),
    }
}

/// A field of the target: its name, what it is, and the output it belongs to.
type NamedTarget = (String, Option<Target>, usize);

/// One field for each output with a loss. Where losses on one output want targets
/// of both types there are two, `y_class` and `y_values`.
fn name_targets(draft: &Draft, targets: &[Option<Target>]) -> Vec<NamedTarget> {
    let mut fields: Vec<NamedTarget> = Vec::new();
    for (term, target) in draft.terms.iter().zip(targets) {
        let known = |field: &NamedTarget| field.2 == term.output && field.1 == *target;
        if !fields.iter().any(known) {
            fields.push((String::new(), target.clone(), term.output));
        }
    }
    for index in 0..fields.len() {
        let (_, target, output) = &fields[index];
        let mut name = plain(&draft.outputs[*output].0);
        if fields.iter().filter(|field| field.2 == *output).count() > 1 {
            if target.as_ref().is_some_and(Target::is_weighted) {
                name.push_str("_weighted");
            }
            name.push_str(match target.as_ref().and_then(Target::classes) {
                Some(_) => "_class",
                None => "_values",
            });
        }
        while fields.iter().any(|field| field.0 == name) {
            name.push('_');
        }
        fields[index].0 = name;
    }
    fields
}

fn describe_interface(
    draft: &Draft,
    shapes: &[Option<Shape>],
    fields: &[NamedTarget],
) -> Interface {
    let count = |id: ValueId| shapes[id.0].as_ref().map(Shape::count);
    let inputs = draft
        .inputs
        .iter()
        .filter_map(|id| Some((draft.values[id.0].name.clone()?, count(*id))))
        .collect();
    let outputs = draft.outputs.iter().map(|(name, id)| (name.clone(), count(*id))).collect();
    let targets = fields.iter().map(|(name, target, _)| (name.clone(), target.clone())).collect();
    Interface { inputs, outputs, targets, has_frozen: false }
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
        .map(|(shape, name)| Value { name, shape, producer: None })
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
                let ident = node.label.clone();
                source
                    .layer_names
                    .push(ident.unwrap_or_else(|| Ident::new(&name, node.keyword.span())));
                source.layer_places.push(node.place);
                layers.push(Layer { name, parameters: own, uses: 0 });
                Some(LayerId(layers.len() - 1))
            }
        };
        if let Some(id) = layer {
            layers[id.0].uses += 1;
        }
        layer_of_node.push(layer);
        let (inputs, output) = (node.inputs, node.output);
        nodes.extend(node.op.map(|op| Node { op, inputs, output, layer }));
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
    for layer in graph.layer_ids() {
        let first = graph.nodes.iter().find(|node| node.layer == Some(layer));
        let wanted = first.and_then(|node| follow_activation(graph, node.output));
        for parameter in &mut graph.layers[layer.0].parameters {
            parameter.init = parameter.init.or(wanted);
        }
    }
}

/// What the op that reads the value asks for, views aside.
fn follow_activation(graph: &Graph, value: ValueId) -> Option<Init> {
    graph
        .nodes
        .iter()
        .filter(|node| graph.storage(node.inputs[0]) == value && !node.op.is_view())
        .find_map(|node| node.op.init_before())
}
