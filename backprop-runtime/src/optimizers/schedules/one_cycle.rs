//! Up once, and down again.

use super::super::defaults::Defaults;
use super::super::numbers::count;
use super::{Schedule, anneal_cosine, anneal_line};
use crate::scalar::Scalar;

/// One cycle (Smith and Topin 2018; PyTorch's `OneCycleLR` of two phases). In the first `share` of the steps
/// the rate rises from maximum / `divisor` to the maximum; in the rest it falls to its start /
/// `final_divisor`, where it stays. The momentum goes the other way: from its maximum to its base and back.
/// The base rate of the rule counts for nothing.
///
/// PyTorch's defaults: a share of 0.3, divisors 25 and 10⁴, momenta from 0.85 to 0.95, cosines. The momentum is
/// that of [`Sgd`](crate::Sgd) and [`RmsProp`](crate::RmsProp) if they have one, the first beta of
/// [`Adam`](crate::Adam) and its kin; a rule with neither is left alone.
///
/// ```
/// use backprop_runtime::schedules::{OneCycle, Schedule};
///
/// let cycle = OneCycle::new(0.5_f64, 101).share(50.0 / 101.0).divisor(10.0).linear();
/// // The top is reached at step 0.495 · 101 - 1.
/// for (step, rate, momentum) in [(0, 0.05, 0.95), (49, 0.5, 0.85), (100, 5e-6, 0.95), (999, 5e-6, 0.95)] {
///     assert!((cycle.rate(0.0, step) - rate).abs() < 1e-15);
///     assert!((cycle.momentum(step).unwrap() - momentum).abs() < 1e-15);
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCycle<T = f32> {
    maximum: T,
    steps: u64,
    share: T,
    divisor: T,
    final_divisor: T,
    /// The base and the maximum.
    momenta: Option<[T; 2]>,
    linear: bool,
}

impl<T: Defaults> OneCycle<T> {
    /// A cycle of this many steps, up to this rate.
    #[must_use]
    pub const fn new(maximum: T, steps: u64) -> Self {
        Self {
            maximum,
            steps,
            share: T::CYCLE_SHARE,
            divisor: T::CYCLE_DIVISOR,
            final_divisor: T::CYCLE_FINAL_DIVISOR,
            momenta: Some([T::CYCLE_BASE_MOMENTUM, T::CYCLE_MAX_MOMENTUM]),
            linear: false,
        }
    }
}

impl<T: Scalar> OneCycle<T> {
    /// How much of the steps the rate rises in, from 0 to 1 (PyTorch's `pct_start`).
    #[must_use]
    pub const fn share(mut self, share: T) -> Self {
        self.share = share;
        self
    }

    /// How much smaller than the maximum the first rate is (PyTorch's `div_factor`).
    #[must_use]
    pub const fn divisor(mut self, divisor: T) -> Self {
        self.divisor = divisor;
        self
    }

    /// How much smaller than the first rate the last one is (PyTorch's `final_div_factor`).
    #[must_use]
    pub const fn final_divisor(mut self, divisor: T) -> Self {
        self.final_divisor = divisor;
        self
    }

    /// The momentum at the top of the rate, and that at its start and end.
    #[must_use]
    pub const fn momenta(mut self, base: T, maximum: T) -> Self {
        self.momenta = Some([base, maximum]);
        self
    }

    /// Leaves the momentum of the rule as it is (PyTorch's `cycle_momentum=False`).
    #[must_use]
    pub const fn keep_momentum(mut self) -> Self {
        self.momenta = None;
        self
    }

    /// Lines in place of cosines.
    #[must_use]
    pub const fn linear(mut self) -> Self {
        self.linear = true;
        self
    }

    /// What a step has of a value that goes from `start` by `top` to `end`.
    fn find(&self, step: u64, start: T, top: T, end: T) -> T {
        let (step, last) = (count::<T>(step), count::<T>(self.steps) - T::ONE);
        let peak = self.share * count(self.steps) - T::ONE;
        let (from, to, progress) = if step <= peak {
            (start, top, step / peak)
        } else {
            (top, end, (step - peak) / (last - peak))
        };
        // Beyond the last step the cycle is over, and a phase of no length is over at once.
        let progress = if progress < T::ONE { progress } else { T::ONE };
        if self.linear {
            anneal_line(from, to, progress)
        } else {
            anneal_cosine(from, to, progress)
        }
    }
}

impl<T: Scalar> Schedule<T> for OneCycle<T> {
    fn rate(&self, _base: T, step: u64) -> T {
        let start = self.maximum / self.divisor;
        self.find(step, start, self.maximum, start / self.final_divisor)
    }

    fn momentum(&self, step: u64) -> Option<T> {
        let [base, maximum] = self.momenta?;
        Some(self.find(step, maximum, base, maximum))
    }
}
