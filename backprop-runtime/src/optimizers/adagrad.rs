//! Adagrad, as PyTorch defines it.

use super::decay::{Decay, L2, NoDecay};
use super::defaults::Defaults;
use super::numbers::count;
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// What the sum of squares starts with.
pub trait Start<T>: Copy {
    /// The sum with it.
    fn add(self, sum: T) -> T;
}

/// Nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StartAtZero;

/// This value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartAt<T = f32>(T);

impl<T: Scalar> Start<T> for StartAtZero {
    #[inline(always)]
    fn add(self, sum: T) -> T {
        sum
    }
}

impl<T: Scalar> Start<T> for StartAt<T> {
    #[inline(always)]
    fn add(self, sum: T) -> T {
        self.0 + sum
    }
}

/// Gradients over the root of the sum of their squares (Duchi, Hazan and Singer 2011): s += g²,
/// w -= rate / (1 + (t - 1) rate_decay) g / (√s + epsilon), where t counts steps from 1.
///
/// PyTorch's defaults: no decay of the rate or the weight, a sum that starts at zero, epsilon 1e-10, and a rate
/// of 1e-2.
///
/// ```
/// use backprop_runtime::{Adagrad, NoDecay, Rule, StartAt};
///
/// static RULE: Adagrad<f64, NoDecay, StartAt<f64>> = Adagrad::new(0.1).initial_accumulator(16.0);
/// let (mut weight, mut sum) = (0.0, 0.0);
/// RULE.update(&mut weight, 3.0, [&mut sum]);
/// // √(16 + 3²) = 5. What the sum starts with is not in it.
/// assert!((weight + 0.06).abs() < 1e-9);
/// assert_eq!(sum, 9.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Adagrad<T = f32, D = NoDecay, S = StartAtZero> {
    rate: T,
    rate_decay: T,
    epsilon: T,
    weight_decay: D,
    start: S,
    steps: u64,
    step_size: T,
}

impl<T: Defaults> Adagrad<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self {
            rate,
            rate_decay: T::ZERO,
            epsilon: T::ADAGRAD_EPSILON,
            weight_decay: NoDecay,
            start: StartAtZero,
            steps: 0,
            step_size: rate,
        }
    }
}

impl<T: Defaults> Default for Adagrad<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-2))
    }
}

impl<T: Scalar, D: Copy, S: Copy> Adagrad<T, D, S> {
    /// How fast the rate falls: to half after 1 / `decay` steps (PyTorch's `lr_decay`).
    #[must_use]
    pub const fn rate_decay(mut self, decay: T) -> Self {
        self.rate_decay = decay;
        self
    }

    /// What keeps the divisor from zero.
    #[must_use]
    pub const fn epsilon(mut self, epsilon: T) -> Self {
        self.epsilon = epsilon;
        self
    }

    /// What the sum of squares starts with (PyTorch's `initial_accumulator_value`).
    #[must_use]
    pub const fn initial_accumulator(self, start: T) -> Adagrad<T, D, StartAt<T>> {
        let weight_decay = self.weight_decay;
        self.replace_types(weight_decay, StartAt(start))
    }

    /// Adds `decay` times the weight to its gradient.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Adagrad<T, L2<T>, S> {
        let start = self.start;
        self.replace_types(L2(decay), start)
    }

    const fn replace_types<E, Z>(self, weight_decay: E, start: Z) -> Adagrad<T, E, Z> {
        Adagrad {
            rate: self.rate,
            rate_decay: self.rate_decay,
            epsilon: self.epsilon,
            weight_decay,
            start,
            steps: self.steps,
            step_size: self.step_size,
        }
    }
}

impl<T: Scalar, D: Decay<T>, S: Start<T>> Rule<T> for Adagrad<T, D, S> {
    type Slots = SlotCount<1>;

    #[inline(always)]
    fn begin(&mut self) {
        self.step_size = self.rate / (T::ONE + count::<T>(self.steps) * self.rate_decay);
        self.steps = self.steps.wrapping_add(1);
    }

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [sum]: [&mut T; 1]) {
        let gradient = self.weight_decay.apply(gradient, *weight);
        *sum += gradient * gradient;
        *weight -= self.step_size * gradient / (self.start.add(*sum).sqrt() + self.epsilon);
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }
}

implement_state!([T: Scalar, D, S] Adagrad<T, D, S>, "Adagrad", { rate: T, steps: u64, step_size: T });
