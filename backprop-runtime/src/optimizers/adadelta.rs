//! Adadelta, as PyTorch defines it.

use super::decay::{Decay, L2, NoDecay};
use super::defaults::Defaults;
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// Steps in the weights' own units (Zeiler 2012): v and u are running means of g² and of the steps' squares;
/// d = √(u + epsilon) / √(v + epsilon) g, w -= rate d.
///
/// PyTorch's defaults: rho 0.9, epsilon 1e-6, no weight decay, and a rate of 1.
///
/// ```
/// use backprop_runtime::{Adadelta, Rule};
///
/// static RULE: Adadelta<f64> = Adadelta::new(1.0).rho(0.5).epsilon(0.25);
/// let (mut weight, mut square, mut step) = (0.0, 0.0, 2.0);
/// RULE.update(&mut weight, 2.0, [&mut square, &mut step]);
/// // v = 0.5 · 2², d = √2.25 / √2.25 · 2, u = 0.5 · 2 + 0.5 d²
/// assert_eq!((weight, square, step), (-2.0, 2.0, 3.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Adadelta<T = f32, D = NoDecay> {
    rate: T,
    rho: T,
    epsilon: T,
    weight_decay: D,
}

impl<T: Defaults> Adadelta<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self { rate, rho: T::ADADELTA_RHO, epsilon: T::ADADELTA_EPSILON, weight_decay: NoDecay }
    }
}

impl<T: Defaults> Default for Adadelta<T> {
    fn default() -> Self {
        Self::new(T::ONE)
    }
}

impl<T: Scalar, D: Copy> Adadelta<T, D> {
    /// How slowly both means forget.
    #[must_use]
    pub const fn rho(mut self, rho: T) -> Self {
        self.rho = rho;
        self
    }

    /// What starts the first step, and keeps the divisor from zero.
    #[must_use]
    pub const fn epsilon(mut self, epsilon: T) -> Self {
        self.epsilon = epsilon;
        self
    }

    /// Adds `decay` times the weight to its gradient.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Adadelta<T, L2<T>> {
        let Self { rate, rho, epsilon, .. } = self;
        Adadelta { rate, rho, epsilon, weight_decay: L2(decay) }
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Adadelta<T, D> {
    type Slots = SlotCount<2>;

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [square, step]: [&mut T; 2]) {
        let gradient = self.weight_decay.apply(gradient, *weight);
        *square = self.rho * *square + (T::ONE - self.rho) * gradient * gradient;
        let change = (*step + self.epsilon).sqrt() / (*square + self.epsilon).sqrt() * gradient;
        *step = self.rho * *step + (T::ONE - self.rho) * change * change;
        *weight -= self.rate * change;
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }
}

implement_state!([T: Scalar, D] Adadelta<T, D>, "Adadelta", { rate: T });
