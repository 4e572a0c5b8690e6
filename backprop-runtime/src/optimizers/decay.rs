//! Weight decay, a type for each kind: what is switched off costs nothing.

use crate::scalar::Scalar;

/// What a weight adds to its own update.
pub trait Decay<T>: Copy {
    /// The gradient with the decay in it.
    #[inline(always)]
    fn apply(self, gradient: T, _weight: T) -> T {
        gradient
    }

    /// The weight before it is updated at this rate.
    #[inline(always)]
    fn shrink(self, weight: T, _rate: T) -> T {
        weight
    }
}

/// Nothing: a type of its own, so that no weight is compared with anything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NoDecay;

/// This much of the weight's sign joins the gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1<T = f32>(pub T);

/// This much of the weight joins the gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L2<T = f32>(pub T);

/// The weight loses this much of itself times the rate; the gradient stays as it is (Loshchilov and Hutter
/// 2019). For plain descent this is [`L2`]; where gradients are rescaled it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decoupled<T = f32>(pub T);

impl<T: Scalar> Decay<T> for NoDecay {}

impl<T: Scalar> Decay<T> for L1<T> {
    #[inline(always)]
    fn apply(self, gradient: T, weight: T) -> T {
        gradient + self.0 * weight.sign()
    }
}

impl<T: Scalar> Decay<T> for L2<T> {
    #[inline(always)]
    fn apply(self, gradient: T, weight: T) -> T {
        gradient + self.0 * weight
    }
}

impl<T: Scalar> Decay<T> for Decoupled<T> {
    #[inline(always)]
    fn shrink(self, weight: T, rate: T) -> T {
        weight * (T::ONE - rate * self.0)
    }
}
