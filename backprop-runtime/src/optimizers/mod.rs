//! Optimisers: a rule says what happens to one weight, and [`Optimizer`] keeps its state.

mod adam;
mod optimizer;
mod rule;
mod sgd;

pub use self::adam::Adam;
pub use self::optimizer::{Optimize, Optimizer};
pub use self::rule::{Rule, SlotCount, Slots};
pub use self::sgd::{Decay, L2, NoDecay, Sgd};
