//! Normalisation of each channel, the outermost axis of a sample (Ioffe and Szegedy 2015): by the statistics of the rows
//! at hand, a tile of samples, or by running ones.
//!
//! Sums over a channel are those of each row, added in the order of the rows.

use core::array::from_fn;
use core::borrow::Borrow;

use super::segments::{split, split_mut};
use super::sums::add_up;
use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

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

/// y = (x - mean) / √(variance + ε) ⊙ weight + bias
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    x: &[X],
    (weight, bias): (&[T; C], &[T; C]),
    y: &mut [[T; N]],
) {
    let inverse = statistics.invert();
    let length = N / C.max(1);
    for (x, y) in x.iter().zip(y) {
        let planes = split(x.borrow(), length).zip(split_mut(y, length));
        for (channel, (x, y)) in planes.enumerate() {
            let scale = pick(&inverse, channel) * pick(weight, channel);
            let (mean, bias) = (pick(statistics.mean, channel), pick(bias, channel));
            for (x, y) in x.iter().zip(y) {
                *y = (*x - mean) * scale + bias;
            }
        }
    }
}

/// The same, of values that stand where the result is to be.
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    (weight, bias): (&[T; C], &[T; C]),
    y: &mut [[T; N]],
) {
    let inverse = statistics.invert();
    for y in y {
        for (channel, y) in split_mut(y, N / C.max(1)).enumerate() {
            let scale = pick(&inverse, channel) * pick(weight, channel);
            let (mean, bias) = (pick(statistics.mean, channel), pick(bias, channel));
            for y in y {
                *y = (*y - mean) * scale + bias;
            }
        }
    }
}

/// dJ/dx = (g - mean g - n ⊙ mean (g ⊙ n)) / σ, with g = dJ/dy ⊙ weight, n the normalised x and the means those of each
/// channel: the statistics are those of these rows, and move with them.
#[inline(always)]
pub fn input_gradient<T: Scalar, X: Borrow<[T; N]>, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    store: impl Store,
    x: &[X],
    weight: &[T; C],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    let inverse = statistics.invert();
    let share = T::ONE / T::from_usize(count_elements::<N, C>(x.len()));
    let sums: [T; C] = add_channels(dy.iter().map(|dy| [dy]), |_, [dy]| dy);
    let products: [T; C] = add_normal_products(statistics, &inverse, x, dy);
    let length = N / C.max(1);
    for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
        let planes = split(x.borrow(), length).zip(split(dy, length)).zip(split_mut(dx, length));
        for (channel, ((x, dy), dx)) in planes.enumerate() {
            let (mean, inverse) = (pick(statistics.mean, channel), pick(&inverse, channel));
            let (sum, product) = (pick(&sums, channel) * share, pick(&products, channel) * share);
            let scale = inverse * pick(weight, channel);
            for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
                let normal = (*x - mean) * inverse;
                store.store(dx, (*dy - sum - normal * product) * scale);
            }
        }
    }
}

/// dJ/dx = dJ/dy ⊙ weight / √(variance + ε): the statistics stay what they are.
#[inline(always)]
pub fn fixed_input_gradient<T: Scalar, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    store: impl Store,
    weight: &[T; C],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    let inverse = statistics.invert();
    let length = N / C.max(1);
    for (dy, dx) in dy.iter().zip(dx) {
        for (channel, (dy, dx)) in split(dy, length).zip(split_mut(dx, length)).enumerate() {
            let scale = pick(&inverse, channel) * pick(weight, channel);
            for (dy, dx) in dy.iter().zip(dx) {
                store.store(dx, *dy * scale);
            }
        }
    }
}

/// By channel: Σ dJ/dy ⊙ the normalised x.
#[inline(always)]
fn add_normal_products<T: Scalar, X: Borrow<[T; N]>, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    inverse: &[T; C],
    x: &[X],
    dy: &[[T; N]],
) -> [T; C] {
    let rows = x.iter().zip(dy).map(|(x, dy)| [x.borrow(), dy]);
    add_channels(rows, |channel, [x, dy]| {
        dy * ((x - pick(statistics.mean, channel)) * pick(inverse, channel))
    })
}

/// dJ/dweight = Σ dJ/dy ⊙ the normalised x
#[inline(always)]
pub fn weight_gradient<T: Scalar, X: Borrow<[T; N]>, const N: usize, const C: usize>(
    statistics: Statistics<'_, T, C>,
    x: &[X],
    dy: &[[T; N]],
    mut sink: impl Sink<T, C>,
) {
    let sums = add_normal_products(statistics, &statistics.invert(), x, dy);
    sink.put(0, 0, sums.into_iter());
}

/// dJ/dbias = Σ dJ/dy
#[inline(always)]
pub fn bias_gradient<T: Scalar, const N: usize, const C: usize>(
    dy: &[[T; N]],
    mut sink: impl Sink<T, C>,
) {
    let sums: [T; C] = add_channels(dy.iter().map(|dy| [dy]), |_, [dy]| dy);
    sink.put(0, 0, sums.into_iter());
}

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
