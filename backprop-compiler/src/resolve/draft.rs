//! A network whose names are resolved and whose shapes are still unknown.

use std::rc::Rc;

use proc_macro2::Ident;

use crate::ast::Path;
use crate::diagnostics::Place;
use crate::graph::{Code, Dtype, Shape, ValueId};
use crate::losses::Loss;
use crate::ops::Op;

/// What `resolve` hands to `infer`.
#[derive(Debug, Default)]
pub struct Draft {
    /// The type of every scalar.
    pub dtype: Dtype,
    /// The declared samples per tile.
    pub tile: Option<usize>,
    /// How layers are compiled that say nothing themselves.
    pub code: Code,
    /// Every value.
    pub values: Vec<DraftValue>,
    /// Values that the caller supplies.
    pub inputs: Vec<ValueId>,
    /// Every op, in the order of the text.
    pub nodes: Vec<DraftNode>,
    /// Results.
    pub outputs: Vec<(Ident, ValueId)>,
    /// Summands of the loss.
    pub terms: Vec<DraftTerm>,
    /// Whether a summand, or all of them, is not known after an error.
    pub unknown_loss: bool,
    /// The limits of the budget: name, bytes, place.
    pub limits: Vec<(Ident, u64, Place)>,
}

/// A value without a shape, unless it is an input.
#[derive(Debug)]
pub struct DraftValue {
    /// Its first name.
    pub name: Option<Ident>,
    /// The shape of an input; `None` for others, and after an error.
    pub shape: Option<Shape>,
}

/// An op, applied.
#[derive(Clone, Debug)]
pub struct DraftNode {
    /// The op; `None` after an error.
    pub op: Option<Rc<dyn Op>>,
    /// The word that it was written as.
    pub keyword: Ident,
    /// Its label, at the first use.
    pub label: Option<Ident>,
    /// What it is called in files of PyTorch's, behind what it is part of there.
    pub path: Option<Path>,
    /// What is called like the use of a block that it belongs to: its automatic name starts with that.
    pub block: Option<Rc<str>>,
    /// What that use is called in files of PyTorch's.
    pub module: Option<Module>,
    /// The node whose weights it uses again, by index.
    pub shares: Option<usize>,
    /// The values it reads.
    pub inputs: Vec<ValueId>,
    /// The value it computes, once the node is added.
    pub output: ValueId,
    /// The call or the operator.
    pub place: Place,
    /// Whether nothing is to be said of it: it stands in place of a layer that is not there, or something is said of
    /// another part of what is split.
    pub is_muted: bool,
}

impl DraftNode {
    /// A node without a label, whose weights, if it has any, are its own.
    pub fn new(op: Option<Rc<dyn Op>>, keyword: Ident, inputs: Vec<ValueId>, place: Place) -> Self {
        Self {
            op,
            keyword,
            label: None,
            path: None,
            block: None,
            module: None,
            shares: None,
            inputs,
            output: ValueId(0),
            place,
            is_muted: false,
        }
    }
}

/// A use of a block, which is a module in PyTorch.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its path.
    pub path: Rc<str>,
    /// Whether a person named it, rather than counting.
    pub is_named: bool,
}

/// A summand of the loss.
#[derive(Debug)]
pub struct DraftTerm {
    /// The function.
    pub loss: Rc<dyn Loss>,
    /// What it is multiplied by.
    pub weight: f64,
    /// Whether each sample has a weight.
    pub weighted: bool,
    /// The output that it judges, by index.
    pub output: usize,
    /// The call.
    pub place: Place,
    /// Whether it stands in place of one that could not be read, so that nothing is to be said of it.
    pub is_guess: bool,
}
