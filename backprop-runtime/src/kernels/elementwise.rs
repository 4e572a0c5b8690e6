//! Activations over rows.

use core::borrow::Borrow;

use crate::activations::Activation;
use crate::scalar::Scalar;
use crate::store::Store;

/// y = f(x)
#[inline(always)]
pub fn forward<T: Scalar, A: Activation<T>, X: Borrow<[T; N]>, const N: usize>(
    activation: A,
    x: &[X],
    y: &mut [[T; N]],
) {
    for (x, y) in x.iter().zip(y) {
        for (x, y) in x.borrow().iter().zip(y) {
            *y = activation.value(*x);
        }
    }
}

/// y = f(y)
#[inline(always)]
pub fn forward_in_place<T: Scalar, A: Activation<T>, const N: usize>(
    activation: A,
    y: &mut [[T; N]],
) {
    for y in y.as_flattened_mut() {
        *y = activation.value(*y);
    }
}

/// dJ/dx = dJ/dy f'
#[inline(always)]
pub fn backward<S: Store, T: Scalar, A: Activation<T>, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    activation: A,
    saved: &[X],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
        for ((saved, dy), dx) in saved.borrow().iter().zip(dy).zip(dx) {
            store.store(dx, *dy * activation.derivative(*saved));
        }
    }
}

/// delta = delta f'
#[inline(always)]
pub fn backward_in_place<T: Scalar, A: Activation<T>, X: Borrow<[T; N]>, const N: usize>(
    activation: A,
    saved: &[X],
    delta: &mut [[T; N]],
) {
    for (saved, delta) in saved.iter().zip(delta) {
        for (saved, delta) in saved.borrow().iter().zip(delta) {
            *delta *= activation.derivative(*saved);
        }
    }
}
