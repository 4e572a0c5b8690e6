//! A fall at every step.

use super::super::numbers::power;
use super::Schedule;
use crate::scalar::Scalar;

/// A factor every step: base gamma^t (PyTorch's `ExponentialLR`).
///
/// ```
/// use backprop_runtime::schedules::{Exponential, Schedule};
///
/// assert_eq!([0, 1, 3].map(|step| Exponential::new(0.5).rate(0.8, step)), [0.8, 0.4, 0.1]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential<T = f32> {
    gamma: T,
}

impl<T: Scalar> Exponential<T> {
    /// With this factor.
    #[must_use]
    pub const fn new(gamma: T) -> Self {
        Self { gamma }
    }
}

impl<T: Scalar> Schedule<T> for Exponential<T> {
    fn rate(&self, base: T, step: u64) -> T {
        base * power(self.gamma, step)
    }
}
