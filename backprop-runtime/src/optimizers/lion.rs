//! Lion: the sign of a momentum.

use super::decay::{Decay, Decoupled, NoDecay};
use super::defaults::Defaults;
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// Evolved sign momentum (Chen et al. 2023, algorithm 2): w -= rate sign(beta1 m + (1 - beta1) g), then
/// m = beta2 m + (1 - beta2) g, where sign(0) = 0. Every step is as long as the rate, so the rate is to be
/// three to ten times smaller than Adam's and the decay as much larger.
///
/// The defaults of the paper and of its code: betas 0.9 and 0.99, no weight decay, and a rate of 1e-4.
///
/// ```
/// use backprop_runtime::{Decoupled, Lion, Rule};
///
/// static RULE: Lion<f64, Decoupled<f64>> = Lion::new(0.25).weight_decay(0.5);
/// let (mut weight, mut mean) = (2.0, 0.0);
/// RULE.update(&mut weight, -7.0, [&mut mean]);
/// // 2 - 0.25 · 0.5 · 2, then a step of 0.25 against the gradient.
/// assert_eq!(weight, 2.0);
/// assert!((mean - 0.01 * -7.0).abs() < 1e-15);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Lion<T = f32, D = NoDecay> {
    rate: T,
    beta1: T,
    beta2: T,
    weight_decay: D,
}

impl<T: Defaults> Lion<T> {
    /// The paper's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self { rate, beta1: T::ADAM_BETA1, beta2: T::LION_BETA2, weight_decay: NoDecay }
    }
}

impl<T: Defaults> Default for Lion<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-4))
    }
}

impl<T: Scalar, D: Copy> Lion<T, D> {
    /// How slowly the direction and the mean of g forget.
    #[must_use]
    pub const fn betas(mut self, beta1: T, beta2: T) -> Self {
        self.beta1 = beta1;
        self.beta2 = beta2;
        self
    }

    /// Takes the rate times `decay` times the weight off the weight.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Lion<T, Decoupled<T>> {
        let Self { rate, beta1, beta2, .. } = self;
        Lion { rate, beta1, beta2, weight_decay: Decoupled(decay) }
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Lion<T, D> {
    type Slots = SlotCount<1>;

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [mean]: [&mut T; 1]) {
        *weight = self.weight_decay.shrink(*weight, self.rate);
        let gradient = self.weight_decay.apply(gradient, *weight);
        let direction = self.beta1 * *mean + (T::ONE - self.beta1) * gradient;
        *weight -= self.rate * direction.sign();
        *mean = self.beta2 * *mean + (T::ONE - self.beta2) * gradient;
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }

    /// Sets beta1.
    fn set_momentum(&mut self, momentum: T) {
        self.beta1 = momentum;
    }
}

implement_state!([T: Scalar, D] Lion<T, D>, "Lion", { rate: T, beta1: T });
