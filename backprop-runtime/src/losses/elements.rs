//! Losses that are a function of each element of the output and its target.

use super::SampleLoss;
use crate::scalar::Scalar;
use crate::store::Store;

/// The mean over the elements of f(y, t), of f and df/dy.
#[derive(Clone, Copy, Debug)]
pub struct MeanOf<F, G>(pub F, pub G);

/// The sum over the elements of f(y, t), of f and df/dy.
#[derive(Clone, Copy, Debug)]
pub struct SumOf<F, G>(pub F, pub G);

/// The mean over the elements of f(y, t, w), of a constant w for each element, f and df/dy.
#[derive(Clone, Copy, Debug)]
pub struct WeightedMeanOf<W, F, G>(pub W, pub F, pub G);

impl<T: Scalar, F: Fn(T, T) -> T, G: Fn(T, T) -> T, const N: usize> SampleLoss<T, [T; N], N>
    for SumOf<F, G>
{
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &[T; N]) -> T {
        let mut sum = T::ZERO;
        for (y, target) in y.iter().zip(target) {
            sum += self.0(*y, *target);
        }
        sum
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
        for ((y, target), dy) in y.iter().zip(target).zip(dy) {
            store.store(dy, scale * self.1(*y, *target));
        }
        self.value(y, target)
    }
}

impl<T: Scalar, F: Fn(T, T) -> T, G: Fn(T, T) -> T, const N: usize> SampleLoss<T, [T; N], N>
    for MeanOf<F, G>
{
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &[T; N]) -> T {
        SumOf(&self.0, &self.1).value(y, target) / T::from_usize(N)
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
        let count = T::from_usize(N);
        SumOf(&self.0, &self.1).gradient(store, scale / count, y, target, dy) / count
    }
}

impl<T: Scalar, F: Fn(T, T, T) -> T, G: Fn(T, T, T) -> T, const N: usize> SampleLoss<T, [T; N], N>
    for WeightedMeanOf<[T; N], F, G>
{
    #[inline(always)]
    fn value(&self, y: &[T; N], target: &[T; N]) -> T {
        let mut sum = T::ZERO;
        for ((y, target), weight) in y.iter().zip(target).zip(&self.0) {
            sum += self.1(*y, *target, *weight);
        }
        sum / T::from_usize(N)
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
        let scale = scale / T::from_usize(N);
        for (((y, target), weight), dy) in y.iter().zip(target).zip(&self.0).zip(dy) {
            store.store(dy, scale * self.2(*y, *target, *weight));
        }
        self.value(y, target)
    }
}
