//! Log-softmax over a row.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// y = x - max x - ln sum e^(x - max x)
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const N: usize>(x: &[X], y: &mut [[T; N]]) {
    for (x, y) in x.iter().zip(y) {
        *y = *x.borrow();
        normalise(y);
    }
}

/// The same, in place.
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize>(y: &mut [[T; N]]) {
    for y in y {
        normalise(y);
    }
}

#[inline(always)]
fn normalise<T: Scalar, const N: usize>(y: &mut [T; N]) {
    let largest = y.iter().fold(-T::MAX, |largest, x| largest.larger(*x));
    // Apart from the sum, whose fixed order would keep the powers from being vectorised.
    let mut powers = *y;
    for power in &mut powers {
        *power = (*power - largest).exp();
    }
    let logarithm = powers.iter().fold(T::ZERO, |sum, power| sum + *power).ln();
    for y in y {
        *y = *y - largest - logarithm;
    }
}

/// dJ/dx = dJ/dy - e^y sum of dJ/dy
#[inline(always)]
pub fn backward<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    y: &[X],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for ((y, dy), dx) in y.iter().zip(dy).zip(dx) {
        let sum = dy.iter().fold(T::ZERO, |sum, dy| sum + *dy);
        for ((y, dy), dx) in y.borrow().iter().zip(dy).zip(dx) {
            store.store(dx, *dy - y.exp() * sum);
        }
    }
}

/// The same, in place of dJ/dy.
#[inline(always)]
pub fn backward_in_place<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    y: &[X],
    delta: &mut [[T; N]],
) {
    for (y, delta) in y.iter().zip(delta) {
        let sum = delta.iter().fold(T::ZERO, |sum, dy| sum + *dy);
        for (y, delta) in y.borrow().iter().zip(delta) {
            *delta -= y.exp() * sum;
        }
    }
}
