//! What can be wrong with a checkpoint.

use core::fmt;

/// Why bytes were not read as a checkpoint, or not written as one. Whatever was to be read is as it was before the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckpointError {
    /// They do not begin as a checkpoint does.
    NotACheckpoint,
    /// A later version of this library wrote them.
    NewerVersion,
    /// Their numbers begin with the high byte.
    OtherEndian,
    /// They end too early.
    Truncated,
    /// More bytes follow than belong to it.
    TrailingBytes,
    /// A checksum, a length, a byte that is always zero or a value that nothing has is wrong.
    Damaged,
    /// There is no record of parameters.
    NoParameters,
    /// There is no record of an optimiser.
    NoOptimizer,
    /// There is no record of the [`State`](super::State) of this name.
    NoState(&'static str),
    /// The parameters are another network's.
    OtherTopology,
    /// The parameters are of another scalar: f64 in place of f32, or the other way round.
    OtherScalar,
    /// The network borrows its frozen parameters, and they are not those of the checkpoint.
    OtherFrozen,
    /// The optimiser's state is another rule's, or the rule keeps another number of values for each weight.
    OtherOptimizer,
    /// The optimiser's state is of other parameters than those that the network trains.
    OtherTrainable,
    /// The memory to write to is too small: it takes [`checkpoint::size`](super::size) bytes.
    BufferTooSmall,
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
            Self::OtherEndian => {
                "the numbers of this checkpoint begin with the high byte; write it with the low byte first"
            }
            Self::Truncated => "the checkpoint ends too early; copy or write it again",
            Self::TrailingBytes => "more bytes follow the checkpoint than belong to it",
            Self::Damaged => "the checkpoint is damaged: a checksum or a length is wrong",
            Self::NoParameters => "the checkpoint holds no parameters",
            Self::NoOptimizer => "the checkpoint holds no optimiser; it is of a network alone",
            Self::NoState(_) => "the checkpoint does not hold a value that is asked for",
            Self::OtherTopology => {
                "the checkpoint is of another network: a layer, a shape, a label or the order of the layers \
                 differs; train and write this network again"
            }
            Self::OtherScalar => {
                "the checkpoint holds another scalar than the network, f32 or f64; give both the same `dtype`"
            }
            Self::OtherFrozen => {
                "the frozen parameters of the checkpoint are not those that the network borrows; load the \
                 trainable ones alone with `load_trainable`, or train again"
            }
            Self::OtherOptimizer => {
                "the checkpoint holds the state of another optimiser; read the network alone, or give the \
                 optimiser the same rule with the same schedule and groups around it"
            }
            Self::OtherTrainable => {
                "the checkpoint holds an optimiser of other parameters: what is `trainable` has changed; read the \
                 network alone"
            }
            Self::BufferTooSmall => {
                "the memory for the checkpoint is too small; give it `checkpoint::size` bytes"
            }
        }
    }
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoState(name) => write!(formatter, "the checkpoint holds no {name}"),
            _ => formatter.write_str(self.message()),
        }
    }
}

impl core::error::Error for CheckpointError {}
