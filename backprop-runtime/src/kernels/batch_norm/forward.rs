//! The affine map of each channel.

use core::borrow::Borrow;

use super::super::segments::{split, split_mut};
use super::{Statistics, pick};
use crate::scalar::Scalar;

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
