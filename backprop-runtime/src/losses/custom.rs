//! A user's own loss.

use core::marker::PhantomData;

use super::SampleLoss;
use crate::scalar::Scalar;
use crate::store::Store;

/// A loss of one sample, for `loss custom(path::Type)(y)`: an output against as many numbers.
///
/// ```
/// use backprop_runtime::{Loss, Scalar};
///
/// /// The pinball loss of the 90th percentile (Koenker and Bassett 1978), as a sum over the elements.
/// struct Quantile;
///
/// impl<T: Scalar> Loss<T> for Quantile {
///     fn value<const N: usize>(output: &[T; N], target: &[T; N]) -> T {
///         let quantile = T::from_f64(0.9);
///         output.iter().zip(target).fold(T::ZERO, |sum, (y, t)| {
///             let error = *t - *y;
///             sum + (quantile * error).larger((quantile - T::ONE) * error)
///         })
///     }
///
///     fn gradient<const N: usize>(output: &[T; N], target: &[T; N], gradient: &mut [T; N]) {
///         let quantile = T::from_f64(0.9);
///         for ((y, t), dy) in output.iter().zip(target).zip(gradient) {
///             *dy = if y < t { -quantile } else { T::ONE - quantile };
///         }
///     }
/// }
/// # assert_eq!(Quantile::value(&[1.0], &[2.0]), 0.9);
/// ```
pub trait Loss<T: Scalar> {
    /// The loss of one sample.
    fn value<const N: usize>(output: &[T; N], target: &[T; N]) -> T;

    /// Writes dJ/dy of every element of the output.
    fn gradient<const N: usize>(output: &[T; N], target: &[T; N], gradient: &mut [T; N]);
}

/// A user's loss, by its type.
#[derive(Debug)]
pub struct Custom<L>(PhantomData<L>);

impl<L> Custom<L> {
    /// The loss of that type.
    #[expect(clippy::new_without_default, reason = "it is a constant of generated code")]
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Scalar, L: Loss<T>, const N: usize> SampleLoss<T, [T; N], N> for Custom<L> {
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &[T; N]) -> T {
        L::value(y, target)
    }

    #[inline(always)]
    fn gradient<S: Store>(
        &self,
        store: S,
        scale: T,
        y: &[T; N],
        target: &[T; N],
        dy: &mut [T; N],
    ) -> T {
        let mut gradient = [T::ZERO; N];
        L::gradient(y, target, &mut gradient);
        for (gradient, dy) in gradient.iter().zip(dy) {
            store.store(dy, scale * *gradient);
        }
        L::value(y, target)
    }
}
