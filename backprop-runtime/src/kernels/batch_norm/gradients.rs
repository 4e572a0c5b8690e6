//! Gradients of the operand, the weight and the bias.

use core::borrow::Borrow;

use super::super::segments::{split, split_mut};
use super::{Statistics, add_channels, count_elements, pick};
use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

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
