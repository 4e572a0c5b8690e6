//! A fall every so many steps.

use super::super::defaults::Defaults;
use super::super::numbers::power;
use super::Schedule;
use crate::scalar::Scalar;

/// A factor every `size` steps: base gamma^⌊t / size⌋ (PyTorch's `StepLR`). Gamma is 0.1 unless it is set. A
/// size of zero is none: the rate stays.
///
/// ```
/// use backprop_runtime::schedules::{Schedule, StepDecay};
///
/// let schedule = StepDecay::new(30).gamma(0.5);
/// assert_eq!([0, 29, 30, 60].map(|step| schedule.rate(0.8, step)), [0.8, 0.8, 0.4, 0.2]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepDecay<T = f32> {
    size: u64,
    gamma: T,
}

impl<T: Defaults> StepDecay<T> {
    /// A tenth every `size` steps.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self { size, gamma: T::STEP_GAMMA }
    }
}

impl<T: Scalar> StepDecay<T> {
    /// The factor.
    #[must_use]
    pub const fn gamma(mut self, gamma: T) -> Self {
        self.gamma = gamma;
        self
    }
}

impl<T: Scalar> Schedule<T> for StepDecay<T> {
    fn rate(&self, base: T, step: u64) -> T {
        base * power(self.gamma, step.checked_div(self.size).unwrap_or(0))
    }
}
