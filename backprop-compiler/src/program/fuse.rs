//! Finds the steps whose result can take over the memory of what they read last, and marks those that
//! add to what an earlier step wrote.

use std::collections::{BTreeMap, BTreeSet};

use super::{Access, Buffer, Goal, PlannedStep, Program, Step};
use crate::graph::{Graph, ParameterId};

/// Turns steps into a program.
pub fn fuse(graph: &Graph, goal: Goal, steps: &[Step]) -> Program {
    let mut last_read: BTreeMap<Buffer, usize> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        for buffer in step.access(graph, goal).reads {
            last_read.insert(buffer, index);
        }
    }
    let mut written: BTreeSet<Buffer> = BTreeSet::new();
    let mut classes: BTreeMap<Buffer, usize> = BTreeMap::new();
    let mut count = 0;
    let mut planned = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let dies_here = |buffer: Buffer| last_read.get(&buffer) == Some(&index);
        let Access { write, scratch, saved, .. } = step.access(graph, goal);
        let accumulate = write.is_some_and(|buffer| !written.insert(buffer));
        let taken_over = if accumulate { None } else { find_in_place(graph, *step, dies_here) };
        if let (Some(buffer), false) = (write, accumulate) {
            let class = taken_over.and_then(|(_, from)| classes.get(&from).copied());
            classes.insert(buffer, class.unwrap_or(count));
            count += usize::from(class.is_none());
        }
        for buffer in scratch.into_iter().chain(saved) {
            classes.entry(buffer).or_insert_with(|| {
                count += 1;
                count - 1
            });
        }
        let in_place = taken_over.map(|(operand, _)| operand);
        planned.push(PlannedStep { step: *step, in_place, accumulate });
    }
    Program { goal, steps: planned, classes: classes.into_iter().collect() }
}

/// The operand that the result may overwrite, and its buffer.
fn find_in_place(
    graph: &Graph,
    step: Step,
    dies_here: impl Fn(Buffer) -> bool,
) -> Option<(usize, Buffer)> {
    match step {
        Step::Forward { node } => {
            let node = graph.node(node);
            let storages: Vec<_> = node.inputs.iter().map(|id| graph.storage(*id)).collect();
            let count = |id| graph.value(id).shape.count();
            node.op.in_place_operands().iter().copied().find_map(|operand| {
                let storage = *storages.get(operand)?;
                let buffer = Buffer::Value(storage);
                let alone = storages.iter().filter(|other| **other == storage).count() == 1;
                let fits = !graph.is_input(storage) && count(storage) == count(node.output);
                (alone && fits && dies_here(buffer)).then_some((operand, buffer))
            })
        }
        Step::InputGradient { node, operand } => {
            let node = graph.node(node);
            let buffer = Buffer::Gradient(graph.storage(node.output));
            let (input, output) = (node.inputs[operand], node.output);
            let fits = graph.value(input).shape.count() == graph.value(output).shape.count();
            (node.op.gradient_in_place(operand) && fits && dies_here(buffer))
                .then_some((operand, buffer))
        }
        _ => None,
    }
}

/// How many scalars of each row a buffer takes.
#[must_use]
pub fn count_scalars(graph: &Graph, buffer: Buffer) -> usize {
    match buffer {
        Buffer::Value(id) | Buffer::Gradient(id) => graph.value(id).shape.count(),
        Buffer::Shared(ParameterId { layer, index }) => {
            graph.layer(layer).parameters[index].count()
        }
        Buffer::Scratch(node, work) => graph.count_scratch(node, work),
        Buffer::Saved(node) => graph.count_saved(node),
    }
}
