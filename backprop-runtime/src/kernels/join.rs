//! Sums, products and concatenations of values.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// y = x, or y += x
#[inline]
pub fn copy<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    x: &[X],
    y: &mut [[T; N]],
) {
    for (x, y) in x.iter().zip(y) {
        for (x, y) in x.borrow().iter().zip(y) {
            store.store(y, *x);
        }
    }
}

#[inline]
fn combine<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
    operator: impl Fn(T, T) -> T,
) {
    for ((left, right), y) in left.iter().zip(right).zip(y) {
        for ((left, right), y) in left.borrow().iter().zip(right.borrow()).zip(y) {
            *y = operator(*left, *right);
        }
    }
}

#[inline]
fn combine_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(
    y: &mut [[T; N]],
    right: &[B],
    operator: impl Fn(T, T) -> T,
) {
    for (y, right) in y.iter_mut().zip(right) {
        for (y, right) in y.iter_mut().zip(right.borrow()) {
            *y = operator(*y, *right);
        }
    }
}

/// y = a + b
#[inline]
pub fn add<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left + right);
}

/// y += b
#[inline]
pub fn add_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(y: &mut [[T; N]], right: &[B]) {
    combine_in_place(y, right, |left, right| left + right);
}

/// y = a b, element by element
#[inline]
pub fn multiply<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left * right);
}

/// y = y b, element by element
#[inline]
pub fn multiply_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(
    y: &mut [[T; N]],
    right: &[B],
) {
    combine_in_place(y, right, |left, right| left * right);
}

/// dJ/da = dJ/dy b
#[inline]
pub fn multiply_gradient<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    dy: &[[T; N]],
    other: &[X],
    dx: &mut [[T; N]],
) {
    for ((dy, other), dx) in dy.iter().zip(other).zip(dx) {
        for ((dy, other), dx) in dy.iter().zip(other.borrow()).zip(dx) {
            store.store(dx, *dy * *other);
        }
    }
}

/// Copies `x`, seen as `outer` blocks, to `offset` in each of the `outer` blocks of `y`.
#[inline]
pub fn concat<T: Scalar, X: Borrow<[T; N]>, const N: usize, const M: usize>(
    x: &[X],
    y: &mut [[T; M]],
    outer: usize,
    offset: usize,
) {
    let (part, whole) = (N / outer.max(1), M / outer.max(1));
    for (x, y) in x.iter().zip(y) {
        let blocks = y.chunks_exact_mut(whole.max(1));
        for (from, to) in x.borrow().chunks_exact(part.max(1)).zip(blocks) {
            for (from, to) in from.iter().zip(to.iter_mut().skip(offset)) {
                *to = *from;
            }
        }
    }
}

/// The reverse: the part of dJ/dy that belongs to `x`.
#[inline]
pub fn concat_gradient<S: Store, T: Scalar, const N: usize, const M: usize>(
    store: S,
    dy: &[[T; M]],
    dx: &mut [[T; N]],
    outer: usize,
    offset: usize,
) {
    let (part, whole) = (N / outer.max(1), M / outer.max(1));
    for (dy, dx) in dy.iter().zip(dx) {
        let blocks = dy.chunks_exact(whole.max(1));
        for (to, from) in dx.chunks_exact_mut(part.max(1)).zip(blocks) {
            for (to, from) in to.iter_mut().zip(from.iter().skip(offset)) {
                store.store(to, *from);
            }
        }
    }
}
