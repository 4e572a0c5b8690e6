//! The intermediate representation: values, nodes, layers, parameters and loss terms.
//!
//! There are no tokens here, only ids; [`Source`](crate::source::Source) says where each id stands
//! in the declaration.

mod fingerprint;
mod shape;
mod streaming;

use std::rc::Rc;

pub use self::shape::Shape;
pub use self::streaming::{Blocked, find_time, list_time_axes};
use crate::functions::Function;
use crate::losses::{Loss, Target};
use crate::ops::{Op, Parameter, Work};

/// How many layers, joins and losses rustc compiles in bearable time: each is a dozen calls of generated code.
pub const MAXIMUM_PARTS: usize = 1024;

/// Indexes [`Graph::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub usize);

/// Indexes [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// Indexes [`Graph::layers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(pub usize);

/// One array of a layer's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId {
    /// The layer that owns it.
    pub layer: LayerId,
    /// Indexes [`Layer::parameters`].
    pub index: usize,
}

/// The type of every scalar of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dtype {
    /// IEEE 754 binary32.
    #[default]
    F32,
    /// IEEE 754 binary64.
    F64,
}

impl Dtype {
    /// Rust's name of the type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }

    /// Bytes of one scalar.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

/// How the calls of a layer are compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Code {
    /// As the runtime is: `Small` at the levels that optimise for size, otherwise `Fast`.
    #[default]
    ByProfile,
    /// For its sizes.
    Fast,
    /// As calls of kernels that serve all layers.
    Small,
}

impl Code {
    /// The words of the language.
    pub const WORDS: [&'static str; 2] = ["small", "fast"];

    /// What the word of this index means.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        if index == 0 { Self::Small } else { Self::Fast }
    }
}

/// An array that the network reads or computes for each sample.
#[derive(Clone, Debug)]
pub struct Value {
    /// What the generated code calls it: unique in the network.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
    /// The node that computes it: an input has none.
    pub producer: Option<NodeId>,
    /// The value whose scalars it really has: itself, unless it is a view.
    pub storage: ValueId,
}

/// One application of an op.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is computed.
    pub op: Rc<dyn Op>,
    /// The values it reads.
    pub inputs: Vec<ValueId>,
    /// The value it computes.
    pub output: ValueId,
    /// Whose parameters it uses, if it has any.
    pub layer: Option<LayerId>,
    /// How it is compiled.
    pub code: Code,
}

/// A set of parameters with a name; several nodes may share it.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The label, or the automatic name.
    pub name: String,
    /// The module that it is in PyTorch.
    pub path: String,
    /// Whether that does not change when another layer is put before it.
    pub is_labelled: bool,
    /// Its arrays, in declared order.
    pub parameters: Vec<Parameter>,
    /// How many nodes use it.
    pub uses: usize,
}

impl Layer {
    /// What a parameter of it is called in files of PyTorch's.
    #[must_use]
    pub fn name_tensor(&self, parameter: &Parameter) -> String {
        self.name_beside(parameter.torch.name)
    }

    /// The same of anything in the module.
    #[must_use]
    pub fn name_beside(&self, name: Option<&str>) -> String {
        name.map_or_else(|| self.path.clone(), |name| format!("{}.{name}", self.path))
    }
}

/// A named result.
#[derive(Clone, Debug)]
pub struct Output {
    /// The declared name.
    pub name: String,
    /// The value behind it.
    pub value: ValueId,
}

/// One summand of the loss.
#[derive(Clone, Debug)]
pub struct Term {
    /// The function.
    pub loss: Rc<dyn Loss>,
    /// What it is multiplied by.
    pub weight: f64,
    /// Whether each sample has a weight: its target is then a weighted one.
    pub weighted: bool,
    /// The value it judges.
    pub value: ValueId,
    /// Indexes [`Graph::targets`].
    pub target: usize,
}

/// Something that the caller supplies for the loss to compare with.
#[derive(Clone, Debug)]
pub struct TargetField {
    /// The output's name; `y_class` and `y_values` where one output has two targets.
    pub name: String,
    /// Its type.
    pub target: Target,
}

/// A checked network.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The network's name.
    pub name: String,
    /// The type of every scalar.
    pub dtype: Dtype,
    /// The declared samples per tile of a batch.
    pub declared_tile: Option<usize>,
    /// Every value: inputs first, then in the order of the text.
    pub values: Vec<Value>,
    /// Every node, each after those whose values it reads.
    pub nodes: Vec<Node>,
    /// Every layer that has parameters, in the order of first use.
    pub layers: Vec<Layer>,
    /// What the caller supplies.
    pub inputs: Vec<ValueId>,
    /// What the caller gets.
    pub outputs: Vec<Output>,
    /// What the loss is the sum of; empty without a loss.
    pub terms: Vec<Term>,
    /// What the loss compares with.
    pub targets: Vec<TargetField>,
}

impl Graph {
    /// The value.
    #[must_use]
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.0]
    }

    /// The node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The layer.
    #[must_use]
    pub fn layer(&self, id: LayerId) -> &Layer {
        &self.layers[id.0]
    }

    /// The parameter.
    #[must_use]
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.layers[id.layer.0].parameters[id.index]
    }

    /// Ids of all nodes, in order.
    pub fn node_ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId)
    }

    /// Ids of all layers, in order.
    pub fn layer_ids(&self) -> impl DoubleEndedIterator<Item = LayerId> + use<> {
        (0..self.layers.len()).map(LayerId)
    }

    /// Ids of all parameters, in declared order.
    #[must_use]
    pub fn parameter_ids(&self) -> Vec<ParameterId> {
        self.layer_ids()
            .flat_map(|layer| {
                (0..self.layer(layer).parameters.len())
                    .map(move |index| ParameterId { layer, index })
            })
            .collect()
    }

    /// The value whose scalars `id` really are: views (a `flatten`, a `reshape`) have none of their own.
    #[must_use]
    pub fn storage(&self, id: ValueId) -> ValueId {
        self.value(id).storage
    }

    /// Finds out which values are views.
    pub fn find_storages(&mut self) {
        for node in &self.nodes {
            self.values[node.output.0].storage = match node.op.is_view() {
                true => self.values[node.inputs[0].0].storage,
                false => node.output,
            };
        }
    }

    /// The network as inference computes it: what is there for training only is replaced.
    #[must_use]
    pub fn for_inference(&self) -> Self {
        self.replace_ops(|op| op.for_inference())
    }

    /// The network as it is differentiated for single samples: what needs a tile of them is replaced.
    #[must_use]
    pub fn for_single_samples(&self) -> Self {
        self.replace_ops(|op| op.for_single_samples())
    }

    fn replace_ops(&self, choose: impl Fn(&dyn Op) -> Option<Rc<dyn Op>>) -> Self {
        let mut graph = self.clone();
        for node in &mut graph.nodes {
            if let Some(op) = choose(node.op.as_ref()) {
                node.op = op;
            }
        }
        graph.find_storages();
        graph
    }

    /// Every function of its ops and losses, as often as it is used.
    #[must_use]
    pub fn functions(&self) -> Vec<Function> {
        let ops = self.nodes.iter().flat_map(|node| node.op.functions());
        let losses = self.terms.iter().flat_map(|term| term.loss.functions());
        ops.chain(losses).collect()
    }

    /// Whether any node draws random numbers.
    #[must_use]
    pub fn is_random(&self) -> bool {
        self.nodes.iter().any(|node| node.op.is_random())
    }

    /// Whether any node computes statistics of a tile.
    #[must_use]
    pub fn takes_tile_statistics(&self) -> bool {
        self.nodes.iter().any(|node| node.op.takes_tile_statistics())
    }

    /// Whether the value is the caller's own memory.
    #[must_use]
    pub fn is_input(&self, id: ValueId) -> bool {
        self.value(self.storage(id)).producer.is_none()
    }

    /// Whether any parameter is frozen, so that the network has a block of frozen ones.
    #[must_use]
    pub fn has_frozen(&self) -> bool {
        self.layers.iter().flat_map(|layer| &layer.parameters).any(|one| !one.trainable)
    }

    /// Whether a layer is used by several nodes: its gradient then has several summands.
    #[must_use]
    pub fn has_shared_layers(&self) -> bool {
        self.layers
            .iter()
            .any(|layer| layer.uses > 1 && layer.parameters.iter().any(|one| one.trainable))
    }

    /// How many scalars the parameters have, those for which `chosen` holds.
    pub fn count_parameters(&self, chosen: impl Fn(&Parameter) -> bool) -> usize {
        self.layers
            .iter()
            .flat_map(|layer| &layer.parameters)
            .filter(|parameter| chosen(parameter))
            .map(Parameter::count)
            .fold(0, usize::saturating_add)
    }

    /// Scalars of each row that a node works in.
    #[must_use]
    pub fn count_scratch(&self, id: NodeId, work: Work) -> usize {
        let node = self.node(id);
        let inputs: Vec<&Shape> = node.inputs.iter().map(|id| &self.value(*id).shape).collect();
        node.op.count_scratch(work, &inputs, self.dtype)
    }

    /// Scalars of each row that a node leaves for its gradients.
    #[must_use]
    pub fn count_saved(&self, id: NodeId) -> usize {
        let node = self.node(id);
        let inputs: Vec<&Shape> = node.inputs.iter().map(|id| &self.value(*id).shape).collect();
        node.op.count_saved(&inputs)
    }

    /// Multiplications of one forward pass that are added to a sum.
    #[must_use]
    pub fn count_macs(&self) -> u64 {
        self.nodes.iter().map(|node| self.node_macs(node)).fold(0, u64::saturating_add)
    }

    /// Multiply-accumulates of one node.
    #[must_use]
    pub fn node_macs(&self, node: &Node) -> u64 {
        let inputs: Vec<&Shape> = node.inputs.iter().map(|id| &self.value(*id).shape).collect();
        node.op.count_macs(&inputs, &self.value(node.output).shape)
    }
}
