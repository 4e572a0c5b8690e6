//! Recurrent layers: what a cell computes from a step of a sequence and from its own last state, for all steps.
//!
//! Backpropagation through time walks the steps the other way round. What it finds for each step is the common part of all
//! gradients, the deltas of the gates; it takes the place of the gates in the tape, and every gradient reads it there.

mod backward;
mod cell;
mod forward;
mod gru;
mod gru_before;
mod lstm;
mod rnn;
mod scan;
mod step;
mod tape;

pub use self::backward::{
    bias_gradient, compute_deltas, hidden_weight_gradient, input_gradient, input_weight_gradient,
};
pub use self::cell::Cell;
pub use self::forward::{Weights, forward, forward_saving};
pub use self::gru::Gru;
pub use self::gru_before::GruBefore;
pub use self::lstm::Lstm;
pub use self::rnn::Rnn;
pub use self::scan::Scan;
pub use self::step::{State, step};
