//! The loop around a network: shuffled mini-batches, epochs, when to stop, and what a classifier mixes up.

mod batches;
mod confusion;
mod early_stopping;
mod fit;
mod step_progress;

pub use self::batches::{Batches, shuffle_batches};
pub use self::confusion::{ClassScores, Confusion};
pub use self::early_stopping::{EarlyStopping, Verdict};
pub use self::fit::{Fit, Report};
pub use self::step_progress::StepProgress;
