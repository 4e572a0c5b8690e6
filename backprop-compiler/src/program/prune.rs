//! Strikes out what nobody needs: gradients of inputs, gradients of frozen parameters, everything below
//! the lowest trainable layer, outputs that no loss reaches, statistics where there is no tile.

use std::collections::BTreeSet;

use super::{Access, Buffer, Goal, Step};
use crate::graph::Graph;

/// Walks the steps from the last to the first and keeps those whose result is wanted.
pub fn prune(graph: &Graph, goal: Goal, steps: Vec<Step>) -> Vec<Step> {
    let mut needed: BTreeSet<Buffer> = BTreeSet::new();
    let mut kept = Vec::with_capacity(steps.len());
    for step in steps.into_iter().rev() {
        let Some(step) = keep(graph, goal, step, &needed) else { continue };
        needed.extend(step.access(graph, goal).reads);
        kept.push(step);
    }
    kept.reverse();
    kept
}

/// The step as it is still wanted, if it is.
fn keep(graph: &Graph, goal: Goal, step: Step, needed: &BTreeSet<Buffer>) -> Option<Step> {
    let Access { write, saved, .. } = step.access(graph, goal);
    let is_needed = write.into_iter().chain(saved).any(|buffer| needed.contains(&buffer));
    match step {
        Step::Output { .. } | Step::Deliver { .. } => Some(step),
        Step::ParameterGradient { parameter, .. } | Step::Apply { parameter } => {
            let parameter = graph.parameter(parameter);
            let is_wanted = parameter.learns() || goal == Goal::Gradient && parameter.trainable;
            is_wanted.then_some(step)
        }
        Step::Loss { term, .. } => Some(Step::Loss { term, differentiate: is_needed }),
        Step::Forward { .. }
        | Step::Seed { .. }
        | Step::Delta { .. }
        | Step::InputGradient { .. } => is_needed.then_some(step),
    }
}
