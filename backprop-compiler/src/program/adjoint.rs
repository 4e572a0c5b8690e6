//! Textbook backpropagation, written down step by step.
//!
//! The loss hands dJ/dy to the output layer. Each node, from the last to the first, hands dJ/dx to the
//! nodes before it, and computes the gradients of its parameters from the same delta. What is more than dJ/dy of
//! what they have in common is a step of its own, before them.

use super::{Goal, Step, is_buffered};
use crate::graph::{Graph, NodeId, ParameterId};

/// Every step that belongs to the goal, needed or not.
pub fn differentiate(graph: &Graph, goal: Goal) -> Vec<Step> {
    let mut steps: Vec<Step> = graph
        .node_ids()
        .filter(|node| !graph.node(*node).op.is_view())
        .map(|node| Step::Forward { node })
        .collect();
    let mut reached = vec![false; graph.values.len()];
    match goal {
        Goal::Forward | Goal::Stream => {
            steps.extend((0..graph.outputs.len()).map(|output| Step::Output { output }));
            return steps;
        }
        Goal::Loss | Goal::Gradient | Goal::Step => {
            for (term, judged) in graph.terms.iter().enumerate() {
                reached[graph.storage(judged.value).0] = true;
                steps.push(Step::Loss { term, differentiate: goal != Goal::Loss });
            }
        }
        Goal::GradientFrom { .. } => {
            for (output, declared) in graph.outputs.iter().enumerate() {
                reached[graph.storage(declared.value).0] = true;
                steps.push(Step::Seed { output });
            }
        }
    }
    if goal != Goal::Loss {
        append_backward(graph, goal, &mut reached, &mut steps);
    }
    if goal == (Goal::GradientFrom { inputs: true }) {
        steps.extend((0..graph.inputs.len()).map(|input| Step::Deliver { input }));
    }
    steps
}

fn append_backward(graph: &Graph, goal: Goal, reached: &mut [bool], steps: &mut Vec<Step>) {
    let mut uses_left = count_reached_uses(graph, reached);
    for id in graph.node_ids().rev() {
        let node = graph.node(id);
        if node.op.is_view() || !reached[graph.storage(node.output).0] {
            continue;
        }
        if graph.count_saved(id) > 0 {
            steps.push(Step::Delta { node: id });
        }
        // dJ/dx comes first: in place, the weights change with their gradients.
        for (operand, input) in node.inputs.iter().enumerate() {
            reached[graph.storage(*input).0] = true;
            steps.push(Step::InputGradient { node: id, operand });
        }
        let Some(layer) = node.layer else { continue };
        let parameters =
            (0..graph.layer(layer).parameters.len()).map(|index| ParameterId { layer, index });
        steps.extend(
            parameters.clone().map(|parameter| Step::ParameterGradient { node: id, parameter }),
        );
        uses_left[layer.0] -= 1;
        if uses_left[layer.0] == 0 {
            steps.extend(
                parameters
                    .filter(|parameter| is_buffered(graph, goal, *parameter))
                    .map(|parameter| Step::Apply { parameter }),
            );
        }
    }
}

/// By layer: how many of its nodes lie below what the gradient starts from.
fn count_reached_uses(graph: &Graph, reached: &[bool]) -> Vec<usize> {
    let mut reached = reached.to_vec();
    let mut uses = vec![0; graph.layers.len()];
    for NodeId(index) in graph.node_ids().rev() {
        let node = &graph.nodes[index];
        if !reached[graph.storage(node.output).0] {
            continue;
        }
        for input in &node.inputs {
            reached[graph.storage(*input).0] = true;
        }
        if let Some(layer) = node.layer {
            uses[layer.0] += 1;
        }
    }
    uses
}
