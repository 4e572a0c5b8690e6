//! The losses. Each is one file that holds its arguments, rules, emission, definition in plain f64
//! and documentation; [`LOSSES`] is their registry.

use core::fmt::Debug;
use std::rc::Rc;

use proc_macro2::TokenStream;

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
    cross_entropy
    mse
}

/// A keyword and how its arguments become a loss.
pub struct LossKind {
    /// The keyword.
    pub keyword: &'static str,
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
}

/// The expressions of one call in the generated code; all values are slices of rows.
pub struct LossCall {
    /// The output's rows.
    pub value: TokenStream,
    /// The targets' rows.
    pub target: TokenStream,
    /// What dJ/dy is multiplied by: the term's weight, and one over the samples of a batch.
    pub scale: TokenStream,
    /// The rows of dJ/dy to write.
    pub gradient: TokenStream,
    /// Whether they are set or added.
    pub store: TokenStream,
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

    /// Whether its gradient reads the value of the output.
    fn gradient_reads_value(&self) -> bool {
        true
    }

    /// An expression: the sum of the loss over the rows.
    fn emit_value(&self, call: &LossCall) -> TokenStream;

    /// The same, which also writes dJ/dy.
    fn emit_gradient(&self, call: &LossCall) -> TokenStream;

    /// The definition for one sample; a class is a one-element slice that holds its index.
    fn evaluate(&self, value: &[f64], target: &[f64]) -> f64;

    /// The formula, of the output's name.
    fn derive_value(&self, output: &str) -> String;

    /// The formula of dJ/dy, of the output's name.
    fn derive_gradient(&self, output: &str) -> String;
}
