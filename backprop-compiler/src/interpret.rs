//! The slow and obvious meaning of a graph, in f64: what generated code is held against.
//!
//! Gradients are central differences of the loss, so that no rule of the compiler's is trusted.

use crate::graph::Graph;
use crate::ops::Parameter;

/// One sample, one set of parameters.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The scalars of every input.
    pub inputs: Vec<Vec<f64>>,
    /// Every parameter array, in declared order.
    pub parameters: Vec<Vec<f64>>,
    /// Every target; a class is one scalar, and the weight of a weighted one is the last.
    pub targets: Vec<Vec<f64>>,
}

/// The scalars of every output.
#[must_use]
pub fn compute_outputs(graph: &Graph, sample: &Sample) -> Vec<Vec<f64>> {
    let values = compute_values(graph, sample);
    graph.outputs.iter().map(|output| values[output.value.0].clone()).collect()
}

/// The loss.
#[must_use]
pub fn compute_loss(graph: &Graph, sample: &Sample) -> f64 {
    let values = compute_values(graph, sample);
    graph
        .terms
        .iter()
        .map(|term| {
            let target = sample.targets[term.target].as_slice();
            let value = &values[term.value.0];
            term.weight
                * match target.split_last() {
                    Some((weight, target)) if term.weighted => {
                        weight * term.loss.evaluate(value, target)
                    }
                    _ => term.loss.evaluate(value, target),
                }
        })
        .sum()
}

/// dJ/dw of every parameter that learns, in declared order, by central differences.
#[must_use]
pub fn compute_gradient(graph: &Graph, sample: &Sample) -> Vec<f64> {
    let mut gradient = Vec::new();
    for (array, id) in graph.parameter_ids().into_iter().enumerate() {
        if !graph.parameter(id).learns() {
            continue;
        }
        for index in 0..sample.parameters[array].len() {
            let loss = |shift: f64| {
                let mut shifted = sample.clone();
                shifted.parameters[array][index] += shift;
                compute_loss(graph, &shifted)
            };
            // Five points: the error is of the fourth order, far below what a wrong rule would make.
            let step = 1e-3;
            let near = loss(step) - loss(-step);
            let far = loss(2.0 * step) - loss(-2.0 * step);
            gradient.push((8.0 * near - far) / (12.0 * step));
        }
    }
    gradient
}

/// The scalars of every value.
#[must_use]
pub fn compute_values(graph: &Graph, sample: &Sample) -> Vec<Vec<f64>> {
    let mut values = vec![Vec::new(); graph.values.len()];
    for (id, input) in graph.inputs.iter().zip(&sample.inputs) {
        values[id.0].clone_from(input);
    }
    let mut first = Vec::new();
    let mut count = 0;
    for layer in &graph.layers {
        first.push(count);
        count += layer.parameters.len();
    }
    for node in &graph.nodes {
        let inputs: Vec<&[f64]> = node.inputs.iter().map(|id| values[id.0].as_slice()).collect();
        let shapes: Vec<_> = node.inputs.iter().map(|id| &graph.value(*id).shape).collect();
        let parameters: Vec<&[f64]> = node.layer.map_or_else(Vec::new, |layer| {
            let own: &[Parameter] = &graph.layer(layer).parameters;
            let start = first[layer.0];
            sample.parameters[start..start + own.len()].iter().map(Vec::as_slice).collect()
        });
        let output = &graph.value(node.output).shape;
        values[node.output.0] = node.op.evaluate(&inputs, &shapes, output, &parameters);
    }
    values
}
