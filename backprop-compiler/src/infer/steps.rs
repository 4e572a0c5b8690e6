//! What a step of a declaration with an error takes and returns, as far as it is known.

use proc_macro2::Ident;

use crate::graph::{Shape, ValueId, find_time, list_time_axes};
use crate::ops::Obstacle;
use crate::resolve::{Draft, DraftNode};

/// A name, and the number of scalars.
type Field = (Ident, Option<usize>);

/// Inputs and outputs of a step.
#[derive(Debug)]
pub struct Steps {
    /// The declared name and the number of scalars of every sample.
    pub samples: Vec<Field>,
    /// The same of what is computed from it.
    pub outputs: Vec<Field>,
}

/// Along the first axis of the inputs that no layer is known to refuse; none where there is none.
pub fn describe_steps(draft: &Draft, shapes: &[Option<Shape>]) -> Option<Steps> {
    let inputs: Vec<&Shape> =
        draft.inputs.iter().map(|id| shapes[id.0].as_ref()).collect::<Option<_>>()?;
    let times = list_time_axes(&inputs).find_map(|axis| follow_time(draft, shapes, axis))?;
    let count = |id: ValueId| {
        let shape = shapes[id.0].as_ref()?;
        Some(times[id.0].map_or_else(|| shape.count(), |axis| shape.at_one_step(axis).count()))
    };
    let name = |id: &ValueId| Some((draft.values[id.0].name.clone()?, count(*id)));
    Some(Steps {
        samples: draft.inputs.iter().filter_map(name).collect(),
        outputs: draft.outputs.iter().map(|(name, id)| (name.clone(), count(*id))).collect(),
    })
}

/// By value: the axis that is time; none for what is known after the last step. None at all if a layer needs more than a step.
fn follow_time(draft: &Draft, shapes: &[Option<Shape>], axis: usize) -> Option<Vec<Option<usize>>> {
    let mut times = vec![None; draft.values.len()];
    for input in &draft.inputs {
        times[input.0] = Some(axis);
    }
    for node in &draft.nodes {
        let has_axis =
            |axis: &usize| shapes[node.output.0].as_ref().is_none_or(|shape| *axis < shape.rank());
        times[node.output.0] = follow_node(node, shapes, &times).ok()?.filter(has_axis);
    }
    Some(times)
}

/// Of a layer that is not known or does not fit, what it computes is a sequence where its input is one.
fn follow_node(
    node: &DraftNode,
    shapes: &[Option<Shape>],
    times: &[Option<usize>],
) -> Result<Option<usize>, Obstacle> {
    let time = find_time(&node.inputs, times)?;
    let known: Option<Vec<&Shape>> = node.inputs.iter().map(|id| shapes[id.0].as_ref()).collect();
    match (time, &node.op, known) {
        (Some(axis), Some(op), Some(known)) if op.infer_shape(&known).is_ok() => {
            let op = op.for_inference().unwrap_or_else(|| op.clone());
            op.stream(&known, axis).map(|streamed| streamed.axis)
        }
        _ => Ok(time),
    }
}
