//! Losses of one sample each, and their sum over the rows of a tile.
//!
//! Rows are gone through in plain loops: what a closure does may be more than the compiler inlines, and
//! would then be a call for the oldest processor.

mod cosine;
pub mod cross_entropy;
mod custom;
mod elements;
mod negative_log_likelihood;
mod weighted;

use core::borrow::Borrow;

pub use self::cosine::Cosine;
pub use self::cross_entropy::{ClassTarget, ClassWeights, CrossEntropy};
pub use self::custom::{Custom, Loss};
pub use self::elements::{MeanOf, SumOf, WeightedMeanOf};
pub use self::negative_log_likelihood::NegativeLogLikelihood;
pub use self::weighted::{PerSample, Weighted};
use crate::scalar::Scalar;
use crate::store::Store;

/// A loss of one sample: an output of `N` scalars against a target of type `D`.
pub trait SampleLoss<T: Scalar, D, const N: usize> {
    /// The loss.
    fn value(&self, y: &[T; N], target: &D) -> T;

    /// The same; dJ/dy times `scale` is stored.
    fn gradient<S: Store>(&self, store: S, scale: T, y: &[T; N], target: &D, dy: &mut [T; N]) -> T;

    /// The sum over the rows of a tile. A loss whose samples are better computed side by side does so.
    #[inline(always)]
    fn gradient_of_rows<S: Store, Y: Borrow<[T; N]>>(
        &self,
        store: S,
        scale: T,
        y: &[Y],
        target: &[&D],
        dy: &mut [[T; N]],
    ) -> T {
        let mut total = T::ZERO;
        for ((y, target), dy) in y.iter().zip(target).zip(dy) {
            total += self.gradient(store, scale, y.borrow(), target, dy);
        }
        total
    }
}

/// The sum of the loss over the rows.
#[inline(always)]
pub fn value<T: Scalar, L: SampleLoss<T, D, N>, Y: Borrow<[T; N]>, D, const N: usize>(
    loss: L,
    y: &[Y],
    target: &[&D],
) -> T {
    let mut total = T::ZERO;
    for (y, target) in y.iter().zip(target) {
        total += loss.value(y.borrow(), target);
    }
    total
}

/// The same, which also stores dJ/dy.
#[inline(always)]
pub fn gradient<
    S: Store,
    T: Scalar,
    L: SampleLoss<T, D, N>,
    Y: Borrow<[T; N]>,
    D,
    const N: usize,
>(
    store: S,
    scale: T,
    loss: L,
    y: &[Y],
    target: &[&D],
    dy: &mut [[T; N]],
) -> T {
    loss.gradient_of_rows(store, scale, y, target, dy)
}
