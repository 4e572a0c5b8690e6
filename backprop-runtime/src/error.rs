//! What can be wrong at run time.

use core::fmt;

use crate::network::Parameters;
use crate::scalar::Scalar;

/// Why a call on a network was refused. The network is as it was before the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A target names a class that the network does not have.
    ClassOutOfRange {
        /// The class.
        class: u32,
        /// How many classes there are.
        classes: u32,
    },
    /// Two slices that belong together differ in length.
    LengthMismatch {
        /// How many inputs there are.
        inputs: usize,
        /// How many targets or outputs there are.
        targets: usize,
    },
    /// There is no sample to take a mean of.
    EmptyBatch,
    /// An index names a sample that is not there.
    IndexOutOfRange {
        /// The index.
        index: usize,
        /// How many samples there are.
        length: usize,
    },
    /// A network that learns from statistics of whole tiles was given a batch that they do not divide.
    PartialTile {
        /// How many samples there are.
        samples: usize,
        /// How many a tile has.
        tile: usize,
    },
    /// A network that learns from statistics of whole tiles was given a single sample.
    SingleSample,
    /// A call that computes in parallel was given no memory to do it in.
    NoWorkspace,
    /// The loss is infinite or not a number.
    NonFiniteLoss,
    /// A gradient is infinite or not a number.
    NonFiniteGradient,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClassOutOfRange { class, classes } => {
                write!(
                    formatter,
                    "class {class} is out of range: the network has {classes} classes"
                )
            }
            Self::LengthMismatch { inputs, targets } => {
                write!(formatter, "{inputs} inputs do not go with {targets} targets")
            }
            Self::EmptyBatch => formatter.write_str("the batch is empty"),
            Self::IndexOutOfRange { index, length } => {
                write!(formatter, "index {index} is out of range: there are {length} samples")
            }
            Self::PartialTile { samples, tile } => write!(
                formatter,
                "{samples} samples are no whole number of tiles of {tile}, whose statistics the network learns from"
            ),
            Self::SingleSample => formatter.write_str(
                "the network learns from statistics of a tile, which a single sample has none of",
            ),
            Self::NoWorkspace => formatter.write_str(
                "there is no workspace: pass one for each tile to be computed at a time",
            ),
            Self::NonFiniteLoss => formatter.write_str("the loss is not finite"),
            Self::NonFiniteGradient => formatter.write_str("a gradient is not finite"),
        }
    }
}

impl core::error::Error for Error {}

/// The loss, if it is finite.
///
/// # Errors
///
/// [`Error::NonFiniteLoss`].
#[inline(always)]
pub fn check_finite<T: Scalar>(loss: T) -> Result<T, Error> {
    if loss.is_finite() { Ok(loss) } else { Err(Error::NonFiniteLoss) }
}

/// Nothing, if every gradient is finite.
///
/// # Errors
///
/// [`Error::NonFiniteGradient`].
#[inline(always)]
pub fn check_gradient<G: Parameters>(gradient: &G) -> Result<(), Error> {
    if gradient.is_finite() { Ok(()) } else { Err(Error::NonFiniteGradient) }
}

/// Nothing, if the lengths are equal.
///
/// # Errors
///
/// [`Error::LengthMismatch`].
#[inline(always)]
pub fn check_lengths(inputs: usize, targets: usize) -> Result<(), Error> {
    if inputs == targets { Ok(()) } else { Err(Error::LengthMismatch { inputs, targets }) }
}
