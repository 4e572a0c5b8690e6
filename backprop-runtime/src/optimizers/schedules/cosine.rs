//! Half a wave of the cosine.

use super::super::numbers::count;
use super::{Schedule, anneal_cosine};
use crate::scalar::Scalar;

/// From the base rate down to a minimum in `steps` steps: min + (base - min) (1 + cos(π t / steps)) / 2
/// (Loshchilov and Hutter 2017; PyTorch's `CosineAnnealingLR`). The minimum is 0 unless it is set. The wave
/// goes on, as PyTorch's does: after `steps` steps the rate rises again.
///
/// ```
/// use backprop_runtime::schedules::{Cosine, Schedule};
///
/// let schedule = Cosine::new(100).minimum(0.2_f64);
/// let rates = [0, 50, 100, 150].map(|step| schedule.rate(1.0, step));
/// for (rate, expected) in rates.into_iter().zip([1.0, 0.6, 0.2, 0.6]) {
///     assert!((rate - expected).abs() < 1e-15);
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine<T = f32> {
    steps: u64,
    minimum: T,
}

impl<T: Scalar> Cosine<T> {
    /// Down to zero in this many steps.
    #[must_use]
    pub const fn new(steps: u64) -> Self {
        Self { steps, minimum: T::ZERO }
    }

    /// Where the rate ends (PyTorch's `eta_min`).
    #[must_use]
    pub const fn minimum(mut self, rate: T) -> Self {
        self.minimum = rate;
        self
    }
}

impl<T: Scalar> Schedule<T> for Cosine<T> {
    fn rate(&self, base: T, step: u64) -> T {
        // Within one wave, so that a late step loses no digits; a wave of no steps has ended.
        let Some(step) = step.checked_rem(self.steps.saturating_mul(2)) else {
            return self.minimum;
        };
        anneal_cosine(base, self.minimum, count::<T>(step) / count(self.steps))
    }
}
