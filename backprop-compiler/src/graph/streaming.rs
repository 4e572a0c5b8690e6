//! The network of a single step, for one that runs sample by sample.

use super::{Graph, Node, NodeId, Shape, ValueId};
use crate::ops::{ACROSS, Obstacle, Streamed};

/// Why a network cannot run step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The first node that cannot; none where no input has an axis that could be time.
    pub node: Option<NodeId>,
    /// What follows its name.
    pub reason: Obstacle,
}

impl Blocked {
    /// How much it says: an axis that goes far is meant, and one that is gone along is.
    fn rank(self) -> (Option<NodeId>, bool) {
        (self.node, self.reason != ACROSS)
    }
}

/// What joins a step with what is known of all steps so far.
const MIXES: Obstacle = "joins a sequence with a value that has no steps";

/// The axes along which time could run: those that all inputs have, of one length, of several steps.
pub fn list_time_axes(inputs: &[&Shape]) -> impl Iterator<Item = usize> {
    let rank = inputs.iter().map(|shape| shape.rank()).max().unwrap_or(0);
    (0..rank).filter(|axis| {
        let mut lengths = inputs.iter().map(|shape| shape.axes().get(*axis).copied());
        let first = lengths.next().flatten();
        first.is_some_and(|steps| steps > 1) && lengths.all(|length| length == first)
    })
}

/// The axis that is time in all of what a node reads; none where it reads what has no steps. By value, `times` knows.
///
/// # Errors
///
/// If it reads both, or time runs along several axes.
pub fn find_time(inputs: &[ValueId], times: &[Option<usize>]) -> Result<Option<usize>, Obstacle> {
    let mut axes = inputs.iter().map(|id| times[id.0]);
    let first = axes.next().flatten();
    if axes.any(|axis| axis != first) { Err(MIXES) } else { Ok(first) }
}

impl Graph {
    /// The network as a single step computes it, of one as inference computes it: time runs along the first axis of the inputs
    /// that every layer can go along with.
    ///
    /// # Errors
    ///
    /// Along each axis some layer needs more than a step: the one that comes last.
    pub fn for_streaming(&self) -> Result<Self, Blocked> {
        let mut blocked = Blocked { node: None, reason: "has no input of several steps" };
        let inputs: Vec<&Shape> = self.inputs.iter().map(|id| &self.value(*id).shape).collect();
        for axis in list_time_axes(&inputs) {
            match self.stream_along(axis) {
                Ok(graph) => return Ok(graph),
                Err(found) if found.rank() > blocked.rank() => blocked = found,
                Err(_) => {}
            }
        }
        Err(blocked)
    }

    fn stream_along(&self, axis: usize) -> Result<Self, Blocked> {
        let mut graph = self.clone();
        // By value: the axis that is time; none for what is known by now.
        let mut times = vec![None; self.values.len()];
        for input in &self.inputs {
            times[input.0] = Some(axis);
            graph.values[input.0].shape = self.value(*input).shape.at_one_step(axis);
        }
        for id in self.node_ids() {
            let node = self.node(id);
            let block = |reason| Blocked { node: Some(id), reason };
            let Streamed { op, axis } = self.stream_node(node, &times).map_err(block)?;
            if let Some(op) = op {
                graph.nodes[id.0].op = op;
            }
            times[node.output.0] = axis;
            let whole = &self.value(node.output).shape;
            graph.values[node.output.0].shape =
                axis.map_or_else(|| whole.clone(), |axis| whole.at_one_step(axis));
        }
        graph.find_storages();
        Ok(graph)
    }

    fn stream_node(&self, node: &Node, times: &[Option<usize>]) -> Result<Streamed, Obstacle> {
        let time = find_time(&node.inputs, times)?;
        let shapes: Vec<&Shape> = node.inputs.iter().map(|id| &self.value(*id).shape).collect();
        match time {
            Some(axis) => node.op.stream(&shapes, axis),
            None => Ok(Streamed { op: None, axis: None }),
        }
    }
}
