//! What can be wrong with a checkpoint.

use core::fmt;

/// Why bytes were not read as a network's parameters. The network is as it was before the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckpointError {
    /// They do not begin as a checkpoint does.
    NotACheckpoint,
    /// A later version of this library wrote them.
    NewerVersion,
    /// They end too early.
    Truncated,
    /// More bytes follow than belong to it.
    TrailingBytes,
    /// A checksum, a length or a byte that is always zero is wrong.
    Damaged,
    /// There is no record of parameters.
    NoParameters,
    /// The parameters are another network's.
    OtherTopology,
    /// The parameters are of another scalar: f64 in place of f32, or the other way round.
    OtherScalar,
}

impl CheckpointError {
    /// What is wrong, and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotACheckpoint => {
                "these bytes are no checkpoint; write one with the network's `write_checkpoint`"
            }
            Self::NewerVersion => {
                "a newer version of backprop wrote this checkpoint; update backprop, or write it again"
            }
            Self::Truncated => "the checkpoint ends too early; copy or write it again",
            Self::TrailingBytes => "more bytes follow the checkpoint than belong to it",
            Self::Damaged => "the checkpoint is damaged: a checksum or a length is wrong",
            Self::NoParameters => "the checkpoint holds no parameters",
            Self::OtherTopology => {
                "the checkpoint is of another network: a layer, a shape, a label or the order of the layers \
                 differs; train and write this network again"
            }
            Self::OtherScalar => {
                "the checkpoint holds another scalar than the network, f32 or f64; give both the same `dtype`"
            }
        }
    }
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl core::error::Error for CheckpointError {}
