//! Adam, as PyTorch defines it.

use super::rule::{Rule, SlotCount};
use super::sgd::decay;
use crate::scalar::Scalar;

/// Adaptive moments (Kingma and Ba 2015): m and v are running means of g and g²;
/// w -= rate m̂ / (√v̂ + epsilon), where the hats correct the means for their start at zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam<T = f32> {
    rate: T,
    beta1: T,
    beta2: T,
    epsilon: T,
    weight_decay: T,
    /// beta1 and beta2 to the number of steps: a product a step instead of a power a weight.
    power1: T,
    power2: T,
    step_size: T,
    root2: T,
}

/// PyTorch's defaults, as constants, so that an optimiser can stand in a `static`.
#[doc(hidden)]
pub trait AdamDefaults: Scalar {
    const BETA1: Self;
    const BETA2: Self;
    const EPSILON: Self;
}

impl AdamDefaults for f32 {
    const BETA1: Self = 0.9;
    const BETA2: Self = 0.999;
    const EPSILON: Self = 1e-8;
}

impl AdamDefaults for f64 {
    const BETA1: Self = 0.9;
    const BETA2: Self = 0.999;
    const EPSILON: Self = 1e-8;
}

impl<T: AdamDefaults> Adam<T> {
    /// PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self {
            rate,
            beta1: T::BETA1,
            beta2: T::BETA2,
            epsilon: T::EPSILON,
            weight_decay: T::ZERO,
            power1: T::ONE,
            power2: T::ONE,
            step_size: rate,
            root2: T::ONE,
        }
    }
}

impl<T: Scalar> Adam<T> {
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

    /// Adds `decay` times the weight to its gradient.
    #[must_use]
    pub const fn weight_decay(mut self, decay: T) -> Self {
        self.weight_decay = decay;
        self
    }
}

impl<T: Scalar> Rule<T> for Adam<T> {
    type Slots = SlotCount<2>;

    #[inline(always)]
    fn begin(&mut self) {
        self.power1 *= self.beta1;
        self.power2 *= self.beta2;
        self.step_size = self.rate / (T::ONE - self.power1);
        self.root2 = (T::ONE - self.power2).sqrt();
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [mean, square]: [&mut T; 2]) {
        let gradient = decay(gradient, self.weight_decay, *weight);
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
}

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
