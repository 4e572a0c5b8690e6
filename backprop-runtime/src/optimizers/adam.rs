//! Adam, as PyTorch defines it.

use super::decay::{Decay, L2, NoDecay};
use super::defaults::Defaults;
use super::numbers::power;
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// Adaptive moments (Kingma and Ba 2015): m and v are running means of g and g²;
/// w -= rate m̂ / (√v̂ + epsilon), where the hats correct the means for their start at zero.
///
/// PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay, and a rate of 1e-3.
///
/// ```
/// use backprop_runtime::{Adam, Rule};
///
/// let mut rule = Adam::new(0.1);
/// let (mut weight, mut mean, mut square) = (0.0_f64, 0.0, 0.0);
/// rule.begin();
/// rule.update(&mut weight, -40.0, [&mut mean, &mut square]);
/// // The first step is as long as the rate, whatever the gradient.
/// assert!((weight - 0.1).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Adam<T = f32, D = NoDecay> {
    rate: T,
    beta1: T,
    beta2: T,
    epsilon: T,
    weight_decay: D,
    steps: u64,
    /// beta1 and beta2 to the number of steps: a product a step instead of a power a weight.
    power1: T,
    power2: T,
    step_size: T,
    root2: T,
}

impl<T: Defaults> Adam<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self::with_decay(rate, NoDecay)
    }
}

impl<T: Defaults> Default for Adam<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-3))
    }
}

impl<T: Defaults, D> Adam<T, D> {
    /// The same with a decay of any kind.
    pub(super) const fn with_decay(rate: T, weight_decay: D) -> Self {
        Self {
            rate,
            beta1: T::ADAM_BETA1,
            beta2: T::ADAM_BETA2,
            epsilon: T::ADAM_EPSILON,
            weight_decay,
            steps: 0,
            power1: T::ONE,
            power2: T::ONE,
            step_size: rate,
            root2: T::ONE,
        }
    }
}

impl<T: Scalar, D: Copy> Adam<T, D> {
    /// How slowly the means of g and g² forget.
    #[must_use]
    pub const fn betas(mut self, beta1: T, beta2: T) -> Self {
        self.beta1 = beta1;
        self.beta2 = beta2;
        self
    }

    /// What keeps the divisor from zero.
    #[must_use]
    pub const fn epsilon(mut self, epsilon: T) -> Self {
        self.epsilon = epsilon;
        self
    }

    /// Adds `decay` times the weight to its gradient. For one that leaves the gradient alone see
    /// [`AdamW`](super::AdamW).
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Adam<T, L2<T>> {
        self.replace_decay(L2(decay))
    }

    pub(super) const fn replace_decay<E>(self, weight_decay: E) -> Adam<T, E> {
        Adam {
            rate: self.rate,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            weight_decay,
            steps: self.steps,
            power1: self.power1,
            power2: self.power2,
            step_size: self.step_size,
            root2: self.root2,
        }
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Adam<T, D> {
    type Slots = SlotCount<2>;

    #[inline(always)]
    fn begin(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        self.power1 *= self.beta1;
        self.power2 *= self.beta2;
        self.step_size = self.rate / (T::ONE - self.power1);
        self.root2 = (T::ONE - self.power2).sqrt();
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [mean, square]: [&mut T; 2]) {
        *weight = self.weight_decay.shrink(*weight, self.rate);
        let gradient = self.weight_decay.apply(gradient, *weight);
        *mean += (T::ONE - self.beta1) * (gradient - *mean);
        *square = self.beta2 * *square + (T::ONE - self.beta2) * gradient * gradient;
        *weight -= self.step_size * *mean / (square.sqrt() / self.root2 + self.epsilon);
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }

    /// Sets beta1. As in PyTorch the correction of the mean goes by the new value alone.
    fn set_momentum(&mut self, momentum: T) {
        self.beta1 = momentum;
        self.power1 = power(momentum, self.steps);
    }
}

implement_state!([T: Scalar, D] Adam<T, D>, "Adam", {
    rate: T, beta1: T, steps: u64, power1: T, power2: T, step_size: T, root2: T
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_has_the_size_of_the_rate() {
        for gradient in [1e-3_f64, 1.0, -50.0] {
            let (mut weight, mut mean, mut square) = (0.0, 0.0, 0.0);
            let mut rule = Adam::new(0.1);
            rule.begin();
            rule.update(&mut weight, gradient, [&mut mean, &mut square]);
            assert!((weight + 0.1 * gradient.signum()).abs() < 1e-5, "{weight}");
        }
    }
}
