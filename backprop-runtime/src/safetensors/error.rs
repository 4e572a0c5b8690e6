//! What can be wrong with a file of tensors.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use safetensors::Dtype;
use safetensors::tensor::SafeTensorError;

/// Why a file was not read. The network is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TensorError {
    /// The bytes are no file of this format, are cut off, or contradict themselves.
    Malformed(String),
    /// The network has parameters that are not in the file.
    Missing {
        /// Its name in PyTorch.
        tensor: String,
    },
    /// The file has a tensor that is none of the network's.
    Surplus {
        /// Its name.
        tensor: String,
    },
    /// The scalars are of another type than the network's.
    OtherDtype {
        /// Its name.
        tensor: String,
        /// The network's.
        expected: Dtype,
        /// The file's.
        found: Dtype,
    },
    /// The axes are others.
    OtherShape {
        /// Its name.
        tensor: String,
        /// The network's, as PyTorch has them.
        expected: &'static [usize],
        /// The file's.
        found: Vec<usize>,
    },
}

impl TensorError {
    pub(super) fn malformed(error: SafeTensorError) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl fmt::Display for TensorError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(formatter, "this is no sound safetensors file: {why}"),
            Self::Missing { tensor } => write!(formatter, "the file has no tensor `{tensor}`"),
            Self::Surplus { tensor } => {
                write!(formatter, "the tensor `{tensor}` of the file is none of the network's")
            }
            Self::OtherDtype { tensor, expected, found } => write!(
                formatter,
                "the tensor `{tensor}` is of {found:?}, and the network of {expected:?}"
            ),
            Self::OtherShape { tensor, expected, found } => write!(
                formatter,
                "the tensor `{tensor}` has the shape {found:?}, and the network needs {expected:?}"
            ),
        }
    }
}

impl core::error::Error for TensorError {}
