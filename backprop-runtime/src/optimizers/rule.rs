//! What an update rule is.

use super::clip_value::ClipValue;
use super::decay::{L1, L2};
use super::scheduled::Scheduled;
use super::schedules::Schedule;
use super::slots::Slots;
use super::with_decay::WithDecay;
use crate::layout::ParameterInfo;
use crate::scalar::Scalar;

/// What happens to one weight, given its gradient: the same for all of them, element by element.
///
/// ```
/// use backprop_runtime::{Rule, Scalar, SlotCount};
///
/// /// Steps of one size, whatever the gradient's (Riedmiller and Braun 1993, simplified).
/// struct SignDescent(f32);
///
/// impl Rule<f32> for SignDescent {
///     type Slots = SlotCount<0>;
///
///     fn update(&self, weight: &mut f32, gradient: f32, []: [&mut f32; 0]) {
///         *weight -= self.0 * gradient.signum();
///     }
///
///     fn rate(&self) -> f32 {
///         self.0
///     }
///
///     fn set_rate(&mut self, rate: f32) {
///         self.0 = rate;
///     }
/// }
/// ```
///
/// # What can be put around a rule
///
/// [`l1`](Self::l1), [`l2`](Self::l2), [`clip_value`](Self::clip_value) and [`schedule`](Self::schedule) give
/// rules again. Each stands around what is written before it, so the last one sees the gradient first. In
/// PyTorch's order, which clips the raw gradient and decays then, a decay is written before a clip:
///
/// ```
/// use backprop_runtime::{Rule, Sgd};
///
/// let mut weight = 1.0_f64;
/// // The gradient 3 is clipped to 1, then half of the weight is added: w - 0.1 (1 + 0.5).
/// Sgd::new(0.1).l2(0.5).clip_value(1.0).update(&mut weight, 3.0, []);
/// assert_eq!(weight, 0.85);
/// // The other way round the sum is clipped.
/// let mut weight = 1.0_f64;
/// Sgd::new(0.1).clip_value(1.0).l2(0.5).update(&mut weight, 3.0, []);
/// assert_eq!(weight, 0.9);
/// ```
///
/// A rule's own `weight_decay` is the innermost of all. These methods are no `const fn`, since a trait can
/// have none; for a `static` there are [`WithDecay::new`], [`ClipValue::new`] and [`Scheduled::new`].
pub trait Rule<T: Scalar> {
    /// How many values of state there are for each weight: `SlotCount<0>` to `SlotCount<3>`.
    type Slots: Slots;

    /// Whether the rule tells parameters apart: [`enter`](Self::enter) is called only then.
    const GROUPED: bool = false;

    /// Once for each step, before the first weight.
    fn begin(&mut self) {}

    /// Before the weights of each parameter, in any order.
    fn enter(&mut self, _parameter: &ParameterInfo) {}

    /// Changes one weight and its state.
    fn update(&self, weight: &mut T, gradient: T, slots: <Self::Slots as Slots>::Of<&mut T>);

    /// The learning rate.
    fn rate(&self) -> T;

    /// Changes the learning rate.
    fn set_rate(&mut self, rate: T);

    /// Changes the momentum, or the first beta. A rule that has neither stays as it is.
    fn set_momentum(&mut self, _momentum: T) {}

    /// Adds `factor` times the sign of the weight to its gradient: the subgradient of a penalty of
    /// factor Σ|w|, which makes weights zero.
    fn l1(self, factor: T) -> WithDecay<Self, L1<T>>
    where
        Self: Sized,
    {
        WithDecay::new(self, L1(factor))
    }

    /// Adds `factor` times the weight to its gradient: the gradient of a penalty of factor/2 Σw².
    fn l2(self, factor: T) -> WithDecay<Self, L2<T>>
    where
        Self: Sized,
    {
        WithDecay::new(self, L2(factor))
    }

    /// Keeps each gradient within -limit and limit.
    fn clip_value(self, limit: T) -> ClipValue<Self, T>
    where
        Self: Sized,
    {
        ClipValue::new(self, limit)
    }

    /// Sets the rate before each step.
    fn schedule<S: Schedule<T>>(self, schedule: S) -> Scheduled<Self, S, T>
    where
        Self: Sized,
    {
        Scheduled::new(self, schedule)
    }
}

/// What a rule around a rule leaves to that one: all but `update`.
macro_rules! delegate_rule {
    ($inner:tt: $kind:ty, $scalar:ty) => {
        type Slots = <$kind as Rule<$scalar>>::Slots;

        const GROUPED: bool = <$kind as Rule<$scalar>>::GROUPED;

        #[inline(always)]
        fn begin(&mut self) {
            self.$inner.begin();
        }

        #[inline(always)]
        fn enter(&mut self, parameter: &ParameterInfo) {
            self.$inner.enter(parameter);
        }

        fn rate(&self) -> $scalar {
            self.$inner.rate()
        }

        fn set_rate(&mut self, rate: $scalar) {
            self.$inner.set_rate(rate);
        }

        fn set_momentum(&mut self, momentum: $scalar) {
            self.$inner.set_momentum(momentum);
        }
    };
}

pub(super) use delegate_rule;
