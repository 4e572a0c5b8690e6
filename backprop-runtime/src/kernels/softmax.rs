//! Softmax over a row.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// y = e^(x - max x) / sum
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
    // Apart from the sum, whose fixed order would keep this loop from being vectorised.
    for y in y.iter_mut() {
        *y = (*y - largest).exp();
    }
    let sum = y.iter().fold(T::ZERO, |sum, y| sum + *y);
    for y in y {
        *y = *y / sum;
    }
}

/// dJ/dx = y (dJ/dy - sum of y dJ/dy)
#[inline(always)]
pub fn backward<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    y: &[X],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for ((y, dy), dx) in y.iter().zip(dy).zip(dx) {
        let y = y.borrow();
        let sum = sum_products(y, dy);
        for ((y, dy), dx) in y.iter().zip(dy).zip(dx) {
            store.store(dx, *y * (*dy - sum));
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
        let y = y.borrow();
        let sum = sum_products(y, delta);
        for (y, delta) in y.iter().zip(delta) {
            *delta = *y * (*delta - sum);
        }
    }
}

#[inline(always)]
fn sum_products<T: Scalar, const N: usize>(left: &[T; N], right: &[T; N]) -> T {
    left.iter().zip(right).fold(T::ZERO, |sum, (left, right)| sum + *left * *right)
}
