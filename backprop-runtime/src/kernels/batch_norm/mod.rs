//! Normalisation of each channel, the outermost axis of a sample (Ioffe and Szegedy 2015): by the statistics of the rows
//! at hand, a tile of samples, or by running ones.
//!
//! Sums over a channel are those of each row, added in the order of the rows.

mod forward;
mod gradients;
mod running;
#[cfg(test)]
mod tests;

use core::borrow::Borrow;

pub use self::forward::{forward, forward_in_place};
pub use self::gradients::{bias_gradient, fixed_input_gradient, input_gradient, weight_gradient};
pub use self::running::Move;
use super::segments::split;
use super::sums::add_up;
use crate::scalar::Scalar;

/// What the elements of each channel are normalised by.
#[derive(Clone, Copy, Debug)]
pub struct Statistics<'a, T, const C: usize> {
    /// The mean.
    pub mean: &'a [T; C],
    /// The variance.
    pub variance: &'a [T; C],
    /// What is added to the variance.
    pub epsilon: T,
}

impl<T: Scalar, const C: usize> Statistics<'_, T, C> {
    /// 1 / √(variance + ε) of each channel.
    #[inline(always)]
    fn invert(&self) -> [T; C] {
        self.variance.map(|variance| T::ONE / (variance + self.epsilon).sqrt())
    }
}

/// Mean and variance of each channel of some rows.
#[derive(Clone, Copy, Debug)]
pub struct Moments<T, const C: usize> {
    mean: [T; C],
    variance: [T; C],
}

impl<T: Scalar, const C: usize> Moments<T, C> {
    /// Those of these rows.
    #[inline(always)]
    pub fn measure<X: Borrow<[T; N]>, const N: usize>(x: &[X]) -> Self {
        let share = T::ONE / T::from_usize(count_elements::<N, C>(x.len()));
        let rows = || x.iter().map(|x| [x.borrow()]);
        let mean = add_channels(rows(), |_, [x]| x).map(|sum| sum * share);
        let variance = add_channels(rows(), |channel, [x]| {
            let distance = x - pick(&mean, channel);
            distance * distance
        });
        Self { mean, variance: variance.map(|sum| sum * share) }
    }

    /// What normalises those rows.
    #[inline(always)]
    pub fn statistics(&self, epsilon: T) -> Statistics<'_, T, C> {
        Statistics { mean: &self.mean, variance: &self.variance, epsilon }
    }
}

/// How many elements of a channel so many rows have.
#[inline(always)]
fn count_elements<const N: usize, const C: usize>(rows: usize) -> usize {
    rows.saturating_mul(N / C.max(1))
}

#[inline(always)]
fn pick<T: Scalar, const C: usize>(values: &[T; C], channel: usize) -> T {
    values.get(channel).copied().unwrap_or(T::ZERO)
}

/// By channel: Σ term(channel, a, b, ..) over the elements of rows that belong together.
#[inline(always)]
fn add_channels<'a, T: Scalar, const K: usize, const N: usize, const C: usize>(
    rows: impl Iterator<Item = [&'a [T; N]; K]>,
    term: impl Fn(usize, [T; K]) -> T,
) -> [T; C] {
    let length = N / C.max(1);
    let mut sums = [T::ZERO; C];
    for mut row in rows.map(|row| row.map(|values| split(values, length))) {
        for (channel, sum) in sums.iter_mut().enumerate() {
            let planes = row.each_mut().map(|planes| planes.next().unwrap_or_default());
            *sum += add_up(planes, |values| term(channel, values));
        }
    }
    sums
}
