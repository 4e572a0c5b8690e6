//! Adam that looks ahead, as PyTorch defines it.

use super::decay::{Decay, Decoupled, L2, NoDecay};
use super::defaults::Defaults;
use super::numbers::count;
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// [`Adam`](super::Adam) with Nesterov's momentum (Dozat 2016), whose momentum grows with the steps:
/// μₜ = beta1 (1 - 0.96^(t momentum_decay) / 2), M = μ₁ ... μₜ,
/// w -= rate (μₜ₊₁ m / (1 - M μₜ₊₁) + (1 - μₜ) g / (1 - M)) / (√v̂ + epsilon).
///
/// PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, a momentum decay of 4e-3, no weight decay, and a
/// rate of 2e-3. (PyTorch keeps M in its default dtype, so an `f64` run there has the digits of an `f32` in it
/// unless that default was changed.)
///
/// ```
/// use backprop_runtime::{Nadam, Rule};
///
/// // Without a decay of the momentum μ₁ = μ₂ = 0.5 beta1.
/// let mut rule = Nadam::new(0.1).betas(0.8, 0.999).momentum_decay(0.0);
/// let (mut weight, mut mean, mut square) = (0.0_f64, 0.0, 0.0);
/// rule.begin();
/// rule.update(&mut weight, -5.0, [&mut mean, &mut square]);
/// // m = 0.2 g: 0.4 · 0.2 / (1 - 0.4²) + 0.6 / (1 - 0.4)
/// assert!((weight - 0.1 * (0.08 / 0.84 + 1.0)).abs() < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Nadam<T = f32, D = NoDecay> {
    rate: T,
    beta1: T,
    beta2: T,
    epsilon: T,
    momentum_decay: T,
    weight_decay: D,
    steps: u64,
    /// The product of all momenta, and beta2 to the number of steps.
    product: T,
    power2: T,
    gradient_size: T,
    mean_size: T,
    root2: T,
}

impl<T: Defaults> Nadam<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self {
            rate,
            beta1: T::ADAM_BETA1,
            beta2: T::ADAM_BETA2,
            epsilon: T::ADAM_EPSILON,
            momentum_decay: T::NADAM_MOMENTUM_DECAY,
            weight_decay: NoDecay,
            steps: 0,
            product: T::ONE,
            power2: T::ONE,
            gradient_size: rate,
            mean_size: T::ZERO,
            root2: T::ONE,
        }
    }
}

impl<T: Defaults> Default for Nadam<T> {
    fn default() -> Self {
        Self::new(T::from_f64(2e-3))
    }
}

impl<T: Scalar, D: Copy> Nadam<T, D> {
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

    /// How fast the momentum grows from half of beta1 to all of it.
    #[must_use]
    pub const fn momentum_decay(mut self, decay: T) -> Self {
        self.momentum_decay = decay;
        self
    }

    /// Adds `decay` times the weight to its gradient.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Nadam<T, L2<T>> {
        self.replace_decay(L2(decay))
    }

    /// Takes the rate times `decay` times the weight off the weight, as [`AdamW`](super::AdamW) does.
    #[must_use]
    pub const fn decoupled_weight_decay(self, decay: T) -> Nadam<T, Decoupled<T>> {
        self.replace_decay(Decoupled(decay))
    }

    const fn replace_decay<E>(self, weight_decay: E) -> Nadam<T, E> {
        Nadam {
            rate: self.rate,
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: self.epsilon,
            momentum_decay: self.momentum_decay,
            weight_decay,
            steps: self.steps,
            product: self.product,
            power2: self.power2,
            gradient_size: self.gradient_size,
            mean_size: self.mean_size,
            root2: self.root2,
        }
    }
}

impl<T: Scalar, D> Nadam<T, D> {
    /// μ of a step.
    fn find_momentum(&self, step: T) -> T {
        // ln 0.96
        let exponent = step * self.momentum_decay * T::from_f64(-0.040_821_994_520_255_166);
        self.beta1 * (T::ONE - T::from_f64(0.5) * exponent.exp())
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Nadam<T, D> {
    type Slots = SlotCount<2>;

    #[inline(always)]
    fn begin(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        let step: T = count(self.steps);
        let (momentum, next) = (self.find_momentum(step), self.find_momentum(step + T::ONE));
        self.product *= momentum;
        self.power2 *= self.beta2;
        self.gradient_size = self.rate * (T::ONE - momentum) / (T::ONE - self.product);
        self.mean_size = self.rate * next / (T::ONE - self.product * next);
        self.root2 = (T::ONE - self.power2).sqrt();
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [mean, square]: [&mut T; 2]) {
        *weight = self.weight_decay.shrink(*weight, self.rate);
        let gradient = self.weight_decay.apply(gradient, *weight);
        *mean += (T::ONE - self.beta1) * (gradient - *mean);
        *square = self.beta2 * *square + (T::ONE - self.beta2) * gradient * gradient;
        let direction = self.gradient_size * gradient + self.mean_size * *mean;
        *weight -= direction / (square.sqrt() / self.root2 + self.epsilon);
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

implement_state!([T: Scalar, D] Nadam<T, D>, "Nadam", {
    rate: T, beta1: T, steps: u64, product: T, power2: T, gradient_size: T, mean_size: T, root2: T
});
