//! Normalisation of each sample by itself: segments of a row with mean 0 and variance 1, or with mean square 1.

use core::borrow::Borrow;

use super::segments::{split, split_mut};
use super::sums::add_up;
use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

/// How to normalise.
#[derive(Clone, Copy, Debug)]
pub struct Norm<T> {
    /// Elements of a segment.
    pub length: usize,
    /// Neighbours that share a weight: the weight of element i is that of i / repeat, modulo how many there are.
    pub repeat: usize,
    /// Whether the mean is subtracted.
    pub centred: bool,
    /// What is added to the variance.
    pub epsilon: T,
}

/// What a segment is normalised by.
#[derive(Clone, Copy)]
struct Moments<T> {
    mean: T,
    /// One over the standard deviation.
    scale: T,
}

impl<T: Scalar> Norm<T> {
    #[inline(always)]
    fn measure(&self, x: &[T]) -> Moments<T> {
        let share = T::ONE / T::from_usize(self.length);
        let mean = if self.centred { add_up([x], |[x]| x) * share } else { T::ZERO };
        let variance = add_up([x], |[x]| (x - mean) * (x - mean)) * share;
        Moments { mean, scale: T::ONE / (variance + self.epsilon).sqrt() }
    }

    /// The parameter of the element of that index.
    #[inline(always)]
    fn pick<const P: usize>(&self, parameters: &[T; P], index: usize) -> T {
        parameters.get(self.place::<P>(index)).copied().unwrap_or(T::ZERO)
    }

    #[inline(always)]
    fn place<const P: usize>(&self, index: usize) -> usize {
        index / self.repeat.max(1) % P.max(1)
    }
}

/// y = (x - mean) / √(variance + ε) ⊙ weight + bias
#[inline(always)]
pub fn forward<T: Scalar, X, const N: usize, const P: usize, const Q: usize>(
    norm: Norm<T>,
    x: &[X],
    (weight, bias): (&[T; P], &[T; Q]),
    y: &mut [[T; N]],
) where
    X: Borrow<[T; N]>,
{
    let length = norm.length.max(1);
    for (x, y) in x.iter().zip(y) {
        let segments = split(x.borrow(), length).zip(split_mut(y, length));
        for (segment, (x, y)) in segments.enumerate() {
            let Moments { mean, scale } = norm.measure(x);
            for (index, (x, y)) in x.iter().zip(y).enumerate() {
                let index = segment * length + index;
                let weight = norm.pick(weight, index);
                *y = (*x - mean) * scale * weight + norm.pick(bias, index);
            }
        }
    }
}

/// dJ/dx = (g - mean g - n ⊙ mean (g ⊙ n)) / σ, with g = dJ/dy ⊙ weight and n the normalised x; without the first mean
/// where none was subtracted.
#[inline(always)]
pub fn input_gradient<T: Scalar, X, const N: usize, const P: usize>(
    norm: Norm<T>,
    store: impl Store,
    x: &[X],
    weight: &[T; P],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) where
    X: Borrow<[T; N]>,
{
    let length = norm.length.max(1);
    let share = T::ONE / T::from_usize(length);
    for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
        let x = split(x.borrow(), length);
        let segments = x.zip(split(dy, length)).zip(split_mut(dx, length));
        for (segment, ((x, dy), dx)) in segments.enumerate() {
            let Moments { mean, scale } = norm.measure(x);
            let g = |index: usize, dy: T| dy * norm.pick(weight, segment * length + index);
            let (mut sum, mut product) = (T::ZERO, T::ZERO);
            for (index, (x, dy)) in x.iter().zip(dy).enumerate() {
                let g = g(index, *dy);
                sum += g;
                product += g * ((*x - mean) * scale);
            }
            let mean_of_g = if norm.centred { sum * share } else { T::ZERO };
            let mean_of_product = product * share;
            for (index, ((x, dy), dx)) in x.iter().zip(dy).zip(dx).enumerate() {
                let normal = (*x - mean) * scale;
                let value = g(index, *dy) - mean_of_g - normal * mean_of_product;
                store.store(dx, value * scale);
            }
        }
    }
}

/// dJ/dweight = Σ dJ/dy ⊙ the normalised x, over all that share a weight and over the samples.
#[inline(always)]
pub fn weight_gradient<T: Scalar, X, const N: usize, const P: usize>(
    norm: Norm<T>,
    x: &[X],
    dy: &[[T; N]],
    mut sink: impl Sink<T, P>,
) where
    X: Borrow<[T; N]>,
{
    let length = norm.length.max(1);
    let mut sums = [T::ZERO; P];
    for (x, dy) in x.iter().zip(dy) {
        let segments = split(x.borrow(), length).zip(split(dy, length));
        for (segment, (x, dy)) in segments.enumerate() {
            let Moments { mean, scale } = norm.measure(x);
            for (index, (x, dy)) in x.iter().zip(dy).enumerate() {
                let place = norm.place::<P>(segment * length + index);
                if let Some(sum) = sums.get_mut(place) {
                    *sum += *dy * ((*x - mean) * scale);
                }
            }
        }
    }
    sink.put(0, 0, sums.into_iter());
}

/// dJ/dbias = Σ dJ/dy
#[inline(always)]
pub fn bias_gradient<T: Scalar, const N: usize, const P: usize>(
    norm: Norm<T>,
    dy: &[[T; N]],
    mut sink: impl Sink<T, P>,
) {
    let mut sums = [T::ZERO; P];
    for dy in dy {
        for (index, dy) in dy.iter().enumerate() {
            if let Some(sum) = sums.get_mut(norm.place::<P>(index)) {
                *sum += *dy;
            }
        }
    }
    sink.put(0, 0, sums.into_iter());
}
