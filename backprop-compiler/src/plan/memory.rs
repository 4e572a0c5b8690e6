//! Every program of a network with its plan, and the byte counts that the generated code promises.

use super::{Plan, choose_tile};
use crate::graph::{Blocked, Graph};
use crate::program::{Goal, Program};

/// A program and where its buffers stand.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The steps.
    pub program: Program,
    /// The places.
    pub plan: Plan,
}

impl Planned {
    fn build(graph: &Graph, goal: Goal) -> Self {
        let program = Program::build(graph, goal);
        let plan = Plan::build(graph, &program);
        Self { program, plan }
    }
}

/// The programs of a network, and what they need.
#[derive(Clone, Debug)]
pub struct Memory {
    /// The network as inference computes it.
    pub inference: Graph,
    /// The network as it is differentiated for single samples.
    pub single: Graph,
    /// [`Goal::Forward`].
    pub forward: Planned,
    /// What runs the network step by step, or why that cannot be.
    pub stream: Result<Stream, Blocked>,
    /// [`Goal::GradientFrom`] without dJ/dx.
    pub gradient_from: Planned,
    /// [`Goal::GradientFrom`] with dJ/dx.
    pub gradient_from_inputs: Planned,
    /// [`Goal::Loss`], [`Goal::Gradient`] and [`Goal::Step`], where there is a loss.
    pub training: Option<Training>,
    /// Samples per tile.
    pub tile: usize,
    /// Scalars of a workspace for inference.
    pub inference_width: usize,
    /// Scalars of a workspace for training steps.
    pub step_width: usize,
    /// Scalars per row of a workspace for batches.
    pub batch_width: usize,
    /// Bytes of all parameters, frozen ones included.
    pub parameter_bytes: usize,
    /// Bytes of a workspace for inference.
    pub inference_bytes: usize,
    /// Bytes of a workspace for training steps.
    pub step_bytes: usize,
    /// Bytes of a workspace for batches: one tile and the gradient.
    pub batch_bytes: usize,
}

/// A network that runs step by step.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The network of a step.
    pub graph: Graph,
    /// [`Goal::Stream`].
    pub program: Planned,
}

/// The programs that need a loss.
#[derive(Clone, Debug)]
pub struct Training {
    /// [`Goal::Loss`].
    pub loss: Planned,
    /// [`Goal::Gradient`].
    pub gradient: Planned,
    /// [`Goal::Step`], where a single sample is enough to learn from.
    pub step: Option<Planned>,
}

impl Memory {
    /// Builds and plans every program.
    #[must_use]
    pub fn build(graph: &Graph) -> Self {
        let inference = graph.for_inference();
        let forward = Planned::build(&inference, Goal::Forward);
        let stream = inference.for_streaming().map(|graph| {
            let program = Planned::build(&graph, Goal::Stream);
            Stream { graph, program }
        });
        let single = graph.for_single_samples();
        let gradient_from = Planned::build(&single, Goal::GradientFrom { inputs: false });
        let gradient_from_inputs = Planned::build(&single, Goal::GradientFrom { inputs: true });
        let training = (!graph.terms.is_empty()).then(|| Training {
            loss: Planned::build(&inference, Goal::Loss),
            gradient: Planned::build(graph, Goal::Gradient),
            step: (!graph.takes_tile_statistics()).then(|| Planned::build(graph, Goal::Step)),
        });
        let width = |planned: &Planned| planned.plan.width;
        // One row of each: what a single sample needs. A tile holds many rows of the first three.
        let streamed = stream.as_ref().map_or(0, |stream| width(&stream.program));
        let inference_width = width(&forward).max(streamed);
        let mut rows = inference_width.max(width(&gradient_from));
        let mut step_width = rows;
        if let Some(training) = &training {
            rows = rows.max(width(&training.loss)).max(width(&training.gradient));
            step_width = inference_width.max(width(&training.loss));
            step_width = step_width.max(width(&training.gradient));
            step_width = step_width.max(training.step.as_ref().map_or(0, width));
        }
        let tile = choose_tile(graph, rows);
        let once = step_width.max(width(&gradient_from_inputs));
        let batch_width = rows.max(once.div_ceil(tile));
        let bytes = graph.dtype.bytes();
        let trainable = graph.count_parameters(|one| one.trainable);
        let gradients = if graph.has_shared_layers() { 2 } else { 1 };
        Self {
            inference,
            single,
            tile,
            step_width,
            batch_width,
            parameter_bytes: graph.count_parameters(|_| true).saturating_mul(bytes),
            inference_width,
            inference_bytes: inference_width.saturating_mul(bytes),
            step_bytes: step_width.saturating_mul(bytes),
            batch_bytes: batch_width
                .saturating_mul(tile)
                .saturating_add(trainable.saturating_mul(gradients))
                .saturating_mul(bytes),
            forward,
            stream,
            gradient_from,
            gradient_from_inputs,
            training,
        }
    }
}
