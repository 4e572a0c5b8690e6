//! Networks as arrays with names: what every format but the container goes by.

use crate::network::Parameters;

/// A network whose parameters can be named.
pub trait Named: Parameters {
    /// What its type is called.
    #[doc(hidden)]
    const NAME: &'static str;
    /// The paths of all parameters, as `hidden.weight`, in declared order, frozen ones included.
    const FIELDS: &'static [&'static str];
    /// What they are in files of PyTorch's, in the same order.
    const TENSORS: &'static [TensorInfo];

    /// `visit_parameters`.
    #[doc(hidden)]
    fn visit(&self, visit: impl FnMut(&'static str, &[usize], &[Self::Scalar]));
}

/// One that owns all of its parameters, so that they can be read from a file.
pub trait NamedMut: Named {
    /// Calls `visit(index, axes, values)` for every parameter, frozen ones included, in the same order.
    #[doc(hidden)]
    fn visit_mut(&mut self, visit: impl FnMut(usize, &[usize], &mut [Self::Scalar]));
}

/// An array of parameters as a tensor of PyTorch's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TensorInfo {
    /// The layer here: its label, or its automatic name.
    pub layer: &'static str,
    /// The name there, as `encoder.0.weight`.
    pub name: &'static str,
    /// The axes there: a weight has its outputs first.
    pub shape: &'static [usize],
    /// A counter of batches that PyTorch has beside it, and the layer has not.
    pub counter: Option<&'static str>,
    /// Whether a person gave the name, or it counts the layers of a kind.
    pub is_labelled: bool,
    is_transposed: bool,
}

impl TensorInfo {
    /// Scalars in the same order, under a name that counts.
    #[must_use]
    pub const fn new(layer: &'static str, name: &'static str, shape: &'static [usize]) -> Self {
        Self { layer, name, shape, counter: None, is_labelled: false, is_transposed: false }
    }

    /// The first axis there is the last one here.
    #[must_use]
    pub const fn transposed(self) -> Self {
        Self { is_transposed: true, ..self }
    }

    /// Under a name that a person gave.
    #[must_use]
    pub const fn labelled(self) -> Self {
        Self { is_labelled: true, ..self }
    }

    /// With a counter of this name beside it.
    #[must_use]
    pub const fn counted_by(self, counter: &'static str) -> Self {
        Self { counter: Some(counter), ..self }
    }

    /// How many scalars there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// Rows and columns of the matrix that one has of the other transposed: where nothing is transposed there is one row.
    #[cfg_attr(not(feature = "safetensors"), allow(dead_code, reason = "formats by feature"))]
    pub(crate) fn rows_and_columns(&self) -> (usize, usize) {
        match self.shape {
            [rows, columns @ ..] if self.is_transposed => (*rows, columns.iter().product()),
            _ => (1, self.count()),
        }
    }
}
