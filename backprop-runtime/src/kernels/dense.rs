//! Products with a weight matrix `[in][out]`. Sums run over inputs, or over rows, in ascending order.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::sink::Sink;
use crate::store::Store;

/// y = x W + b
#[inline]
pub fn forward<T: Scalar, X: Borrow<[T; I]>, const I: usize, const O: usize>(
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) {
    for (x, y) in x.iter().zip(y) {
        let mut sum = match bias {
            Some(bias) => *bias,
            None => [T::ZERO; O],
        };
        for (x, weights) in x.borrow().iter().zip(weight) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += *x * *weight;
            }
        }
        *y = sum;
    }
}

/// dJ/dx = delta Wᵀ
#[inline]
pub fn input_gradient<S: Store, T: Scalar, const I: usize, const O: usize>(
    store: S,
    delta: &[[T; O]],
    weight: &[[T; O]; I],
    dx: &mut [[T; I]],
) {
    for (delta, dx) in delta.iter().zip(dx) {
        for (dx, weights) in dx.iter_mut().zip(weight) {
            let mut sum = T::ZERO;
            for (delta, weight) in delta.iter().zip(weights) {
                sum += *delta * *weight;
            }
            store.store(dx, sum);
        }
    }
}

/// dJ/dW = xᵀ delta, summed over the rows.
#[inline]
pub fn weight_gradient<T: Scalar, X: Borrow<[T; I]>, const I: usize, const O: usize>(
    x: &[X],
    delta: &[[T; O]],
    mut sink: impl Sink<T, I, O>,
) {
    for input in 0..I {
        let mut sums = [T::ZERO; O];
        for (x, delta) in x.iter().zip(delta) {
            let Some(x) = x.borrow().get(input) else { continue };
            for (sum, delta) in sums.iter_mut().zip(delta) {
                *sum += *x * *delta;
            }
        }
        for (output, sum) in sums.iter().enumerate() {
            sink.put(input, output, *sum);
        }
    }
}

/// dJ/db = delta, summed over the rows.
#[inline]
pub fn bias_gradient<T: Scalar, const O: usize>(delta: &[[T; O]], mut sink: impl Sink<T, 1, O>) {
    let mut sums = [T::ZERO; O];
    for delta in delta {
        for (sum, delta) in sums.iter_mut().zip(delta) {
            *sum += *delta;
        }
    }
    for (output, sum) in sums.iter().enumerate() {
        sink.put(0, output, *sum);
    }
}
