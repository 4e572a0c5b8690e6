//! Activations: functions of one element.

use crate::scalar::Scalar;

/// What the derivative of an activation is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// x
    Input,
    /// f(x): x need not be kept.
    Output,
}

/// A function of one element, and its derivative.
pub trait Activation<T: Scalar>: Copy {
    /// What [`derivative`](Self::derivative) takes.
    const SAVED: Saved;

    /// f(x)
    fn value(self, x: T) -> T;

    /// f'(x), from what was saved.
    fn derivative(self, saved: T) -> T;
}

/// max(0, x). NaN stays NaN, and the derivative at 0 is 0, as in PyTorch.
#[derive(Clone, Copy, Debug)]
pub struct Relu;

impl<T: Scalar> Activation<T> for Relu {
    const SAVED: Saved = Saved::Output;

    #[inline(always)]
    fn value(self, x: T) -> T {
        if x < T::ZERO { T::ZERO } else { x }
    }

    #[inline(always)]
    fn derivative(self, saved: T) -> T {
        if saved > T::ZERO { T::ONE } else { T::ZERO }
    }
}

/// 1 / (1 + e^-x), the logistic function.
#[derive(Clone, Copy, Debug)]
pub struct Sigmoid;

impl<T: Scalar> Activation<T> for Sigmoid {
    const SAVED: Saved = Saved::Output;

    #[inline(always)]
    fn value(self, x: T) -> T {
        x.sigmoid()
    }

    #[inline(always)]
    fn derivative(self, saved: T) -> T {
        saved * (T::ONE - saved)
    }
}

/// The hyperbolic tangent.
#[derive(Clone, Copy, Debug)]
pub struct Tanh;

impl<T: Scalar> Activation<T> for Tanh {
    const SAVED: Saved = Saved::Output;

    #[inline(always)]
    fn value(self, x: T) -> T {
        x.tanh()
    }

    #[inline(always)]
    fn derivative(self, saved: T) -> T {
        T::ONE - saved * saved
    }
}
