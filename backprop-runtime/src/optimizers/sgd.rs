//! Stochastic gradient descent, as PyTorch defines it.

use core::fmt;
use core::marker::PhantomData;

use super::decay::{Decay, L2, NoDecay};
use super::rule::Rule;
use super::slots::SlotCount;
use crate::checkpoint::implement_state;
use crate::scalar::Scalar;

/// w -= rate g, with optional momentum (Polyak 1964), in Nesterov's form or not (Sutskever et al. 2013),
/// and an L2 weight decay that is added to the gradient.
///
/// The default is PyTorch's rate, 1e-3, without momentum and decay. Each of both has a type of its own: what is
/// switched off takes neither time nor memory.
///
/// ```
/// use backprop_runtime::{L2, Rule, Sgd, SlotCount};
///
/// static RULE: Sgd<f32, SlotCount<1>, L2> = Sgd::new(0.5).momentum(0.5).weight_decay(0.25);
/// let (mut weight, mut velocity) = (4.0, 2.0);
/// RULE.update(&mut weight, 1.0, [&mut velocity]);
/// // g = 1 + 0.25 · 4, v = 0.5 · 2 + g, w = 4 - 0.5 v
/// assert_eq!((weight, velocity), (2.5, 3.0));
/// ```
#[derive(Clone, PartialEq)]
pub struct Sgd<T = f32, S = SlotCount<0>, D = NoDecay> {
    rate: T,
    momentum: T,
    nesterov: bool,
    weight_decay: D,
    slots: PhantomData<S>,
}

impl<T: Scalar> Sgd<T> {
    /// Plain descent at this rate.
    pub const fn new(rate: T) -> Self {
        Self { rate, momentum: T::ZERO, nesterov: false, weight_decay: NoDecay, slots: PhantomData }
    }
}

impl<T: Scalar> Default for Sgd<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-3))
    }
}

impl<T: Scalar, D: Copy> Sgd<T, SlotCount<0>, D> {
    /// Keeps a velocity for each weight: v = momentum v + g, w -= rate v.
    #[must_use]
    pub const fn momentum(self, momentum: T) -> Sgd<T, SlotCount<1>, D> {
        Sgd {
            rate: self.rate,
            momentum,
            nesterov: false,
            weight_decay: self.weight_decay,
            slots: PhantomData,
        }
    }
}

impl<T: Scalar, D> Sgd<T, SlotCount<1>, D> {
    /// Looks ahead: w -= rate (g + momentum v).
    #[must_use]
    pub const fn nesterov(mut self) -> Self {
        self.nesterov = true;
        self
    }
}

impl<T: Scalar, S, D: Copy> Sgd<T, S, D> {
    /// Adds `decay` times the weight to its gradient.
    #[must_use]
    pub const fn weight_decay(self, decay: T) -> Sgd<T, S, L2<T>> {
        Sgd {
            rate: self.rate,
            momentum: self.momentum,
            nesterov: self.nesterov,
            weight_decay: L2(decay),
            slots: PhantomData,
        }
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Sgd<T, SlotCount<0>, D> {
    type Slots = SlotCount<0>;

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, []: [&mut T; 0]) {
        let gradient = self.weight_decay.apply(gradient, *weight);
        *weight = weight.subtract_product(self.rate, gradient);
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }
}

impl<T: Scalar, D: Decay<T>> Rule<T> for Sgd<T, SlotCount<1>, D> {
    type Slots = SlotCount<1>;

    #[inline(always)]
    fn update(&self, weight: &mut T, gradient: T, [velocity]: [&mut T; 1]) {
        let gradient = self.weight_decay.apply(gradient, *weight);
        *velocity = gradient.add_product(self.momentum, *velocity);
        let direction =
            if self.nesterov { gradient.add_product(self.momentum, *velocity) } else { *velocity };
        *weight = weight.subtract_product(self.rate, direction);
    }

    fn rate(&self) -> T {
        self.rate
    }

    fn set_rate(&mut self, rate: T) {
        self.rate = rate;
    }

    fn set_momentum(&mut self, momentum: T) {
        self.momentum = momentum;
    }
}

impl<T: Scalar, S, D: fmt::Debug> fmt::Debug for Sgd<T, S, D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Sgd")
            .field("rate", &self.rate)
            .field("momentum", &self.momentum)
            .field("nesterov", &self.nesterov)
            .field("weight_decay", &self.weight_decay)
            .finish()
    }
}

implement_state!([T: Scalar, S, D] Sgd<T, S, D>, "Sgd", { rate: T, momentum: T });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn momentum_and_nesterov_follow_their_formulas() {
        let (mut weight, mut velocity) = (1.0_f64, 0.0);
        let rule = Sgd::new(0.1).momentum(0.9);
        rule.update(&mut weight, 2.0, [&mut velocity]);
        rule.update(&mut weight, 2.0, [&mut velocity]);
        // v = 2, then 0.9 * 2 + 2 = 3.8.
        assert!((weight - (1.0 - 0.1 * 2.0 - 0.1 * 3.8)).abs() < 1e-15);
        let (mut weight, mut velocity) = (1.0_f64, 0.0);
        let rule = Sgd::new(0.1).momentum(0.9).nesterov().weight_decay(0.5);
        rule.update(&mut weight, 2.0, [&mut velocity]);
        // g = 2 + 0.5, v = g, direction = g + 0.9 g.
        assert!((weight - (1.0 - 0.1 * 2.5 * 1.9)).abs() < 1e-15);
    }
}
