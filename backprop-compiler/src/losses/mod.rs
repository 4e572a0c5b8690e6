//! The losses. Each is one file that holds its arguments, rules, emission, definition in plain f64
//! and documentation; [`LOSSES`] is their registry.

mod elementwise;

use core::fmt::Debug;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};

use crate::functions::Function;
use crate::graph::Shape;
use crate::ops::Misfit;
use crate::resolve::Arguments;

macro_rules! register_losses {
    ($($loss:ident)*) => {
        $(mod $loss;)*

        /// What may stand in `loss ..;`, in alphabetical order.
        pub const LOSSES: &[LossKind] = &[$($loss::LOSS),*];
    };
}

// Adding a loss adds its file, and a line here.
register_losses! {
    binary_cross_entropy
    binary_cross_entropy_with_logits
    cosine
    cross_entropy
    custom
    hinge
    huber
    kl_divergence
    log_cosh
    mae
    mse
    nll
    poisson_nll
    smooth_l1
    squared_hinge
}

/// A keyword and how its arguments become a loss.
pub struct LossKind {
    /// The keyword.
    pub keyword: &'static str,
    /// What an editor shows and the catalogue says: target, reduction, formula, source, arguments.
    pub docs: &'static str,
    /// Ways to write it, of the output `y` of four elements.
    pub examples: &'static [&'static str],
    /// Reads the arguments; `None` after an error that it reported.
    pub configure: fn(&mut Arguments<'_>) -> Option<Rc<dyn Loss>>,
}

/// What a loss compares the output with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The index of the right class, below this number.
    Class(usize),
    /// A number for each element of the output.
    Values(usize),
    /// One of these, and how much its sample counts.
    Weighted(Box<Target>),
}

impl Target {
    /// The number of classes, if it is the index of one.
    #[must_use]
    pub fn classes(&self) -> Option<usize> {
        match self {
            Self::Class(classes) => Some(*classes),
            Self::Values(_) => None,
            Self::Weighted(target) => target.classes(),
        }
    }

    /// Whether each sample has a weight.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        matches!(self, Self::Weighted(_))
    }
}

/// What a loss takes its output for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Any number.
    Anything,
    /// Numbers of any size and sign, of which the loss makes probabilities.
    Logits,
    /// Numbers from 0 to 1.
    Probabilities,
    /// Logarithms of those.
    LogProbabilities,
}

/// A loss function of one output.
pub trait Loss: Debug {
    /// The word that declares it.
    fn keyword(&self) -> &'static str;

    /// What it needs to compare an output of this shape with.
    ///
    /// # Errors
    ///
    /// If the loss makes no sense for such an output.
    fn infer_target(&self, output: &Shape) -> Result<Target, Misfit>;

    /// Ops that must not stand right before it, with what to do instead.
    fn refuses(&self, _producer: &str) -> Option<Misfit> {
        None
    }

    /// What it takes the output for.
    fn domain(&self) -> Domain {
        Domain::Anything
    }

    /// The functions of scalars that it is made of.
    fn functions(&self) -> Vec<Function> {
        Vec::new()
    }

    /// An expression: the runtime's `SampleLoss`, given what its functions are called.
    fn emit(&self, functions: &[Ident]) -> TokenStream;

    /// The definition for one sample; a class is a one-element slice that holds its index.
    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64;

    /// The formula, of the output's name.
    fn derive_value(&self, output: &str) -> String;

    /// The formula of dJ/dy, of the output's name.
    fn derive_gradient(&self, output: &str) -> String;
}
