//! What moves running statistics, in the place of a gradient.

use core::array::from_fn;
use core::borrow::Borrow;

use super::{Moments, count_elements, pick};
use crate::scalar::Scalar;
use crate::sink::Sink;

/// How far running statistics move.
#[derive(Clone, Copy, Debug)]
pub struct Move<T> {
    /// How much of the way to those of a batch.
    pub momentum: T,
    /// One over the samples of the batch, of which the rows at hand are some.
    pub share: T,
}

impl<T: Scalar> Move<T> {
    /// What is subtracted from each running statistic: its distance from that of these rows, by the momentum and by how
    /// much of the batch they are.
    #[inline(always)]
    fn put<const C: usize>(
        self,
        rows: usize,
        running: &[T; C],
        found: &[T; C],
        mut sink: impl Sink<T, C>,
    ) {
        let factor = self.momentum * (self.share * T::from_usize(rows));
        let changes: [T; C] =
            from_fn(|channel| (pick(running, channel) - pick(found, channel)) * factor);
        sink.put(0, 0, changes.into_iter());
    }

    /// momentum (running mean - mean)
    #[inline(always)]
    pub fn put_mean<X: Borrow<[T; N]>, const N: usize, const C: usize>(
        self,
        x: &[X],
        running: &[T; C],
        sink: impl Sink<T, C>,
    ) {
        self.put(x.len(), running, &Moments::measure(x).mean, sink);
    }

    /// momentum (running variance - variance n / (n - 1)): an estimate without bias.
    #[inline(always)]
    pub fn put_variance<X: Borrow<[T; N]>, const N: usize, const C: usize>(
        self,
        x: &[X],
        running: &[T; C],
        sink: impl Sink<T, C>,
    ) {
        let count = T::from_usize(count_elements::<N, C>(x.len()));
        let correction = count / (count - T::ONE);
        let variance = Moments::<T, C>::measure(x).variance.map(|variance| variance * correction);
        self.put(x.len(), running, &variance, sink);
    }
}
