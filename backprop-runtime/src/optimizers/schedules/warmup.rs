//! A slow start.

use super::super::defaults::Defaults;
use super::super::numbers::count;
use super::{Schedule, anneal_line};
use crate::scalar::Scalar;

/// A line from `start` times the base rate to the base rate in `steps` steps, then another schedule from its
/// first step on (PyTorch's `LinearLR` and the other in a `SequentialLR`). The start is 1/3 unless it is set.
///
/// ```
/// use backprop_runtime::schedules::{Exponential, Schedule, Warmup};
///
/// let schedule = Warmup::new(4, Exponential::new(0.5)).start(0.0);
/// let rates = [0, 1, 2, 4, 5].map(|step| schedule.rate(0.8, step));
/// assert_eq!(rates, [0.0, 0.2, 0.4, 0.8, 0.4]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warmup<S, T = f32> {
    steps: u64,
    start: T,
    then: S,
}

impl<S, T: Defaults> Warmup<S, T> {
    /// From a third of the rate, in this many steps.
    pub const fn new(steps: u64, then: S) -> Self {
        Self { steps, start: T::WARMUP_START, then }
    }
}

impl<S: Copy, T: Scalar> Warmup<S, T> {
    /// The first step's part of the base rate (PyTorch's `start_factor`).
    #[must_use]
    pub const fn start(mut self, start: T) -> Self {
        self.start = start;
        self
    }
}

impl<T: Scalar, S: Schedule<T>> Schedule<T> for Warmup<S, T> {
    fn rate(&self, base: T, step: u64) -> T {
        match step.checked_sub(self.steps) {
            Some(step) => self.then.rate(base, step),
            None => base * anneal_line(self.start, T::ONE, count::<T>(step) / count(self.steps)),
        }
    }

    fn momentum(&self, step: u64) -> Option<T> {
        self.then.momentum(step.checked_sub(self.steps)?)
    }
}
