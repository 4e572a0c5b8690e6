//! RMSprop, as PyTorch defines it.

use core::fmt;
use core::marker::PhantomData;

use super::decay::{Decay, L2, NoDecay};
use super::defaults::Defaults;
use super::rule::Rule;
use super::slots::{SlotCount, Slots};
use crate::checkpoint::{State, identify_around};
use crate::scalar::Scalar;

/// Gradients over their root mean square (Tieleman and Hinton 2012): v = alpha v + (1 - alpha) g²,
/// w -= rate g / (√v + epsilon). Centred (Graves 2013), v less the square of the mean of g; with momentum,
/// b = momentum b + g / (..), w -= rate b.
///
/// PyTorch's defaults: alpha 0.99, epsilon 1e-8, no momentum, not centred, no weight decay, and a rate of 1e-2.
/// A weight has one value of state, and one each for [`momentum`](Self::momentum) and
/// [`centered`](Self::centered).
///
/// ```
/// use backprop_runtime::{RmsProp, Rule, SlotCount};
///
/// static RULE: RmsProp<f64, SlotCount<1>> = RmsProp::new(0.1).alpha(0.75).momentum(0.5);
/// let (mut weight, mut square, mut velocity) = (0.0, 0.0, 1.0);
/// RULE.update(&mut weight, 6.0, [&mut square, &mut velocity]);
/// // v = 0.25 · 6², b = 0.5 · 1 + 6 / 3
/// assert!((weight + 0.25).abs() < 1e-8);
/// assert_eq!(square, 9.0);
/// ```
#[derive(Clone, PartialEq)]
pub struct RmsProp<T = f32, M = SlotCount<0>, C = SlotCount<0>, D = NoDecay> {
    rate: T,
    alpha: T,
    epsilon: T,
    momentum: T,
    weight_decay: D,
    slots: PhantomData<(M, C)>,
}

impl<T: Defaults> RmsProp<T> {
    /// PyTorch's defaults at this rate.
    #[must_use]
    pub const fn new(rate: T) -> Self {
        Self {
            rate,
            alpha: T::RMS_ALPHA,
            epsilon: T::RMS_EPSILON,
            momentum: T::ZERO,
            weight_decay: NoDecay,
            slots: PhantomData,
        }
    }
}

impl<T: Defaults> Default for RmsProp<T> {
    fn default() -> Self {
        Self::new(T::from_f64(1e-2))
    }
}

impl<T: Scalar, C, D: Copy> RmsProp<T, SlotCount<0>, C, D> {
    /// Keeps a velocity for each weight.
    #[must_use]
    pub const fn momentum(mut self, momentum: T) -> RmsProp<T, SlotCount<1>, C, D> {
        self.momentum = momentum;
        let weight_decay = self.weight_decay;
        self.replace_types(weight_decay)
    }
}

impl<T: Scalar, M, D: Copy> RmsProp<T, M, SlotCount<0>, D> {
    /// Divides by the standard deviation instead: keeps a mean of g for each weight.
    #[must_use]
    pub const fn centered(self) -> RmsProp<T, M, SlotCount<1>, D> {
        let weight_decay = self.weight_decay;
        self.replace_types(weight_decay)
    }
}

impl<T: Scalar, M, C, D: Copy> RmsProp<T, M, C, D> {
    /// How slowly the mean of g² forgets.
    #[must_use]
    pub const fn alpha(mut self, alpha: T) -> Self {
        self.alpha = alpha;
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
    pub const fn weight_decay(self, decay: T) -> RmsProp<T, M, C, L2<T>> {
        self.replace_types(L2(decay))
    }

    const fn replace_types<N, E, F>(self, weight_decay: F) -> RmsProp<T, N, E, F> {
        RmsProp {
            rate: self.rate,
            alpha: self.alpha,
            epsilon: self.epsilon,
            momentum: self.momentum,
            weight_decay,
            slots: PhantomData,
        }
    }
}

impl<T: Scalar, M, C, D: Decay<T>> RmsProp<T, M, C, D> {
    #[inline(always)]
    fn change(
        &self,
        weight: &mut T,
        gradient: T,
        square: &mut T,
        mean: Option<&mut T>,
        velocity: Option<&mut T>,
    ) {
        let gradient = self.weight_decay.apply(gradient, *weight);
        *square = self.alpha * *square + (T::ONE - self.alpha) * gradient * gradient;
        let variance = if let Some(mean) = mean {
            *mean += (T::ONE - self.alpha) * (gradient - *mean);
            // Rounding can take it below zero, where gradients hardly change; PyTorch has NaN then.
            (*square - *mean * *mean).larger(T::ZERO)
        } else {
            *square
        };
        let step = gradient / (variance.sqrt() + self.epsilon);
        let step = if let Some(velocity) = velocity {
            *velocity = self.momentum * *velocity + step;
            *velocity
        } else {
            step
        };
        *weight -= self.rate * step;
    }
}

macro_rules! implement_rule {
    ($($momentum:literal $centered:literal $slots:literal: [$square:ident $(, $slot:ident)*] $mean:expr, $velocity:expr;)*) => { $(
        impl<T: Scalar, D: Decay<T>> Rule<T>
            for RmsProp<T, SlotCount<$momentum>, SlotCount<$centered>, D>
        {
            type Slots = SlotCount<$slots>;

            #[inline(always)]
            fn update(&self, weight: &mut T, gradient: T, [$square $(, $slot)*]: [&mut T; $slots]) {
                self.change(weight, gradient, $square, $mean, $velocity);
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
    )* };
}

implement_rule! {
    0 0 1: [square] None, None;
    1 0 2: [square, velocity] None, Some(velocity);
    0 1 2: [square, mean] Some(mean), None;
    1 1 3: [square, mean, velocity] Some(mean), Some(velocity);
}

impl<T: Scalar, M, C, D: fmt::Debug> fmt::Debug for RmsProp<T, M, C, D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RmsProp")
            .field("rate", &self.rate)
            .field("alpha", &self.alpha)
            .field("epsilon", &self.epsilon)
            .field("momentum", &self.momentum)
            .field("weight_decay", &self.weight_decay)
            .finish()
    }
}

impl<T: Scalar, M: Slots, C: Slots, D> State for RmsProp<T, M, C, D> {
    const NAME: &'static str = "RmsProp";
    // A second value is a momentum or a mean: one is not read as the other.
    const IDENTITY: u64 = identify_around(Self::NAME, (M::COUNT as u64) << 8 | C::COUNT as u64);

    type Fields = (T, T);

    fn fields(&self) -> (T, T) {
        (self.rate, self.momentum)
    }

    fn set_fields(&mut self, (rate, momentum): (T, T)) {
        (self.rate, self.momentum) = (rate, momentum);
    }
}
