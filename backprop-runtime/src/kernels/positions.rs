//! A learned vector for each step of a sequence.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::sink::Sink;

/// y = x + w
#[inline(always)]
pub fn forward<T, X, const N: usize, const E: usize, const D: usize>(
    x: &[X],
    weight: &[[T; D]; E],
    y: &mut [[T; N]],
) where
    T: Scalar,
    X: Borrow<[T; N]>,
{
    for (x, y) in x.iter().zip(y) {
        for ((x, weight), y) in x.borrow().iter().zip(weight.as_flattened()).zip(y) {
            *y = *x + *weight;
        }
    }
}

/// y += w
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize, const E: usize, const D: usize>(
    weight: &[[T; D]; E],
    y: &mut [[T; N]],
) {
    for y in y {
        for (y, weight) in y.iter_mut().zip(weight.as_flattened()) {
            *y += *weight;
        }
    }
}

/// dJ/dw = dJ/dy, summed over the samples.
#[inline(always)]
pub fn weight_gradient<T: Scalar, G: Sink<T, D>, const N: usize, const D: usize>(
    delta: &[[T; N]],
    mut sink: G,
) {
    for (index, delta) in delta.iter().enumerate() {
        if const { G::COLLECTS } {
            let (keeps, gradient) = sink.matrix();
            for (place, delta) in gradient.as_flattened_mut().iter_mut().zip(delta) {
                *place = if keeps || index > 0 { *place + *delta } else { *delta };
            }
        } else {
            for (row, delta) in delta.as_chunks::<D>().0.iter().enumerate() {
                sink.put(row, 0, delta.iter().copied());
            }
        }
    }
}
