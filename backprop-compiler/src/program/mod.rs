//! The passes between the graph and the tokens: what to compute, in which order, in whose memory.
//!
//! `adjoint` writes down every step of the textbook algorithm, `prune` strikes out what nobody needs,
//! `fuse` finds the steps that can work in place, and [`plan`](crate::plan) gives each buffer its memory.

mod adjoint;
mod fuse;
mod prune;

pub use self::fuse::count_scalars;
use crate::graph::{Graph, Node, NodeId, ParameterId, ValueId};
use crate::ops::{Reads, Work, Wrt};

/// What a generated function is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Every output.
    Forward,
    /// Every output of a step, of the network of a step.
    Stream,
    /// The loss alone.
    Loss,
    /// The loss, and its gradient added to the caller's.
    Gradient,
    /// The loss, and every weight updated in place.
    Step,
    /// The gradient from the caller's dJ/dy of every output.
    GradientFrom {
        /// Whether the caller wants dJ/dx of the inputs as well.
        inputs: bool,
    },
}

impl Goal {
    /// Whether the network is used as it is, rather than trained.
    #[must_use]
    pub fn is_inference(self) -> bool {
        matches!(self, Self::Forward | Self::Stream | Self::Loss)
    }
}

#[allow(missing_docs, reason = "the ids say what they are of")]
/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Compute a node's output.
    Forward { node: NodeId },
    /// Hand an output to the caller.
    Output { output: usize },
    /// Compute a term of the loss, and dJ/dy if anything needs it.
    Loss { term: usize, differentiate: bool },
    /// Take dJ/dy of an output from the caller.
    Seed { output: usize },
    /// Compute what the gradients of a node have in common, once for all of them.
    Delta { node: NodeId },
    /// Hand the gradient to the layer before.
    InputGradient { node: NodeId, operand: usize },
    /// Compute a parameter's gradient from the node's delta.
    ParameterGradient { node: NodeId, parameter: ParameterId },
    /// Update a parameter from the buffer in which the gradients of its several uses were summed.
    Apply { parameter: ParameterId },
    /// Hand dJ/dx of an input to the caller.
    Deliver { input: usize },
}

/// Something that a step reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Buffer {
    /// A value.
    Value(ValueId),
    /// dJ/d value: the delta of the layer that computes it.
    Gradient(ValueId),
    /// The gradient of a parameter that several nodes share.
    Shared(ParameterId),
    /// What a node works in.
    Scratch(NodeId, Work),
    /// What a node's forward pass leaves for its gradients, and then what these have in common.
    Saved(NodeId),
}

/// What a step reads and writes.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Buffers to read, the caller's inputs among them.
    pub reads: Vec<Buffer>,
    /// The buffer to write or to add to.
    pub write: Option<Buffer>,
    /// The buffer to work in.
    pub scratch: Option<Buffer>,
    /// The buffer to leave something in for later steps of the node.
    pub saved: Option<Buffer>,
}

impl Access {
    /// Every buffer of the step.
    pub fn buffers(self) -> impl Iterator<Item = Buffer> {
        self.reads.into_iter().chain(self.write).chain(self.scratch).chain(self.saved)
    }
}

/// A step, and how it goes about it.
#[derive(Clone, Copy, Debug)]
pub struct PlannedStep {
    /// What to do.
    pub step: Step,
    /// The operand whose memory the result takes over.
    pub in_place: Option<usize>,
    /// Whether the result is added to what an earlier step wrote.
    pub accumulate: bool,
}

/// The steps of one generated function.
#[derive(Clone, Debug)]
pub struct Program {
    /// What it is for.
    pub goal: Goal,
    /// In order.
    pub steps: Vec<PlannedStep>,
    /// Buffers that stand in the same memory, in their order, each with the number of its class.
    pub classes: Vec<(Buffer, usize)>,
}

impl Program {
    /// Builds the program for a goal.
    #[must_use]
    pub fn build(graph: &Graph, goal: Goal) -> Self {
        let steps = adjoint::differentiate(graph, goal);
        let steps = prune::prune(graph, goal, steps);
        fuse::fuse(graph, goal, &steps)
    }

    /// The class of a buffer; `None` for the caller's memory and for what this program does not compute.
    #[must_use]
    pub fn class(&self, buffer: Buffer) -> Option<usize> {
        let index = self.classes.binary_search_by_key(&buffer, |(other, _)| *other).ok()?;
        Some(self.classes[index].1)
    }
}

impl Step {
    /// What the step reads and writes.
    #[must_use]
    pub fn access(self, graph: &Graph, goal: Goal) -> Access {
        let value = |id: ValueId| Buffer::Value(graph.storage(id));
        let gradient = |id: ValueId| Buffer::Gradient(graph.storage(id));
        let mut access = Access { scratch: self.scratch(graph), ..Access::default() };
        match self {
            Self::Forward { node: id } => {
                let node = graph.node(id);
                access.reads.extend(node.inputs.iter().map(|id| value(*id)));
                access.write = Some(value(node.output));
                access.saved = find_saved(graph, id);
            }
            Self::Output { output } => access.reads.push(value(graph.outputs[output].value)),
            Self::Loss { term, differentiate } => {
                let judged = graph.terms[term].value;
                access.reads.push(value(judged));
                access.write = differentiate.then(|| gradient(judged));
            }
            Self::Seed { output } => access.write = Some(gradient(graph.outputs[output].value)),
            Self::Delta { node } => {
                access.reads = vec![gradient(graph.node(node).output)];
                access.saved = find_saved(graph, node);
            }
            Self::InputGradient { node, operand } => {
                access.reads = read_for_gradient(graph, node, Wrt::Input(operand));
                access.write = Some(gradient(graph.node(node).inputs[operand]));
            }
            Self::ParameterGradient { node, parameter } => {
                access.reads = read_for_gradient(graph, node, Wrt::Parameter(parameter.index));
                access.write =
                    is_buffered(graph, goal, parameter).then_some(Buffer::Shared(parameter));
            }
            Self::Apply { parameter } => access.reads.push(Buffer::Shared(parameter)),
            Self::Deliver { input } => access.reads.push(gradient(graph.inputs[input])),
        }
        access
    }

    /// What the step works in, if it needs anything.
    #[must_use]
    pub fn scratch(self, graph: &Graph) -> Option<Buffer> {
        let (node, work) = match self {
            Self::Forward { node } => (node, Work::Forward),
            Self::Delta { node } => (node, Work::Delta),
            Self::InputGradient { node, operand } => (node, Work::Gradient(Wrt::Input(operand))),
            Self::ParameterGradient { node, parameter } => {
                (node, Work::Gradient(Wrt::Parameter(parameter.index)))
            }
            _ => return None,
        };
        (graph.count_scratch(node, work) > 0).then_some(Buffer::Scratch(node, work))
    }
}

fn find_saved(graph: &Graph, node: NodeId) -> Option<Buffer> {
    (graph.count_saved(node) > 0).then_some(Buffer::Saved(node))
}

fn read_for_gradient(graph: &Graph, node: NodeId, wrt: Wrt) -> Vec<Buffer> {
    let saved = find_saved(graph, node);
    let node = graph.node(node);
    let Reads { inputs, output } = node.op.reads(wrt);
    let mut reads = Vec::new();
    // A statistic follows from the operands alone.
    if !is_statistic(graph, node, wrt) {
        reads.push(Buffer::Gradient(graph.storage(node.output)));
    }
    reads.extend(inputs.iter().map(|index| Buffer::Value(graph.storage(node.inputs[*index]))));
    if output {
        reads.push(Buffer::Value(graph.storage(node.output)));
    }
    reads.extend(saved);
    reads
}

fn is_statistic(graph: &Graph, node: &Node, wrt: Wrt) -> bool {
    let (Wrt::Parameter(index), Some(layer)) = (wrt, node.layer) else { return false };
    graph.parameter(ParameterId { layer, index }).statistic
}

/// Whether the gradients of a parameter are summed before they are applied: in place, a layer that is
/// used twice must not change before both uses have handed their gradients on.
#[must_use]
pub fn is_buffered(graph: &Graph, goal: Goal, parameter: ParameterId) -> bool {
    goal == Goal::Step && graph.layer(parameter.layer).uses > 1
}
