//! Sums, differences, products, quotients and concatenations of values.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::store::Store;

/// y = x, or y += x
#[inline(always)]
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

#[inline(always)]
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

#[inline(always)]
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
#[inline(always)]
pub fn add<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left + right);
}

/// y += b
#[inline(always)]
pub fn add_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(y: &mut [[T; N]], right: &[B]) {
    combine_in_place(y, right, |left, right| left + right);
}

/// y = a - b
#[inline(always)]
pub fn subtract<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left - right);
}

/// y -= b
#[inline(always)]
pub fn subtract_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(
    y: &mut [[T; N]],
    right: &[B],
) {
    combine_in_place(y, right, |left, right| left - right);
}

/// dJ/db = -dJ/dy
#[inline(always)]
pub fn negate<S: Store, T: Scalar, const N: usize>(store: S, dy: &[[T; N]], dx: &mut [[T; N]]) {
    for (dy, dx) in dy.iter().zip(dx) {
        for (dy, dx) in dy.iter().zip(dx) {
            store.store(dx, -*dy);
        }
    }
}

/// y = a b, element by element
#[inline(always)]
pub fn multiply<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left * right);
}

/// y = y b, element by element
#[inline(always)]
pub fn multiply_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(
    y: &mut [[T; N]],
    right: &[B],
) {
    combine_in_place(y, right, |left, right| left * right);
}

/// dJ/da = dJ/dy b
#[inline(always)]
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

/// y = a / b, element by element
#[inline(always)]
pub fn divide<T: Scalar, A: Borrow<[T; N]>, B: Borrow<[T; N]>, const N: usize>(
    left: &[A],
    right: &[B],
    y: &mut [[T; N]],
) {
    combine(left, right, y, |left, right| left / right);
}

/// y = y / b, element by element
#[inline(always)]
pub fn divide_in_place<T: Scalar, B: Borrow<[T; N]>, const N: usize>(
    y: &mut [[T; N]],
    right: &[B],
) {
    combine_in_place(y, right, |left, right| left / right);
}

/// dJ/da = dJ/dy / b
#[inline(always)]
pub fn dividend_gradient<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    dy: &[[T; N]],
    divisor: &[X],
    dx: &mut [[T; N]],
) {
    for ((dy, divisor), dx) in dy.iter().zip(divisor).zip(dx) {
        for ((dy, divisor), dx) in dy.iter().zip(divisor.borrow()).zip(dx) {
            store.store(dx, *dy / *divisor);
        }
    }
}

/// dJ/db = -dJ/dy / b y
#[inline(always)]
pub fn divisor_gradient<
    S: Store,
    T: Scalar,
    B: Borrow<[T; N]>,
    Y: Borrow<[T; N]>,
    const N: usize,
>(
    store: S,
    dy: &[[T; N]],
    (divisor, y): (&[B], &[Y]),
    dx: &mut [[T; N]],
) {
    for ((dy, (divisor, y)), dx) in dy.iter().zip(divisor.iter().zip(y)).zip(dx) {
        for ((dy, (divisor, y)), dx) in
            dy.iter().zip(divisor.borrow().iter().zip(y.borrow())).zip(dx)
        {
            store.store(dx, -(*dy / *divisor) * *y);
        }
    }
}

/// Copies `x`, seen as `outer` blocks, to `offset` in each of the `outer` blocks of `y`.
#[inline(always)]
pub fn concat<T: Scalar, X: Borrow<[T; N]>, const N: usize, const M: usize>(
    x: &[X],
    y: &mut [[T; M]],
    outer: usize,
    offset: usize,
) {
    for (x, y) in x.iter().zip(y) {
        let (mut x, mut y) = (x.borrow().as_slice(), y.as_mut_slice());
        for left in (1..=outer).rev() {
            let Some((from, rest)) = split_block(x, left) else { return };
            x = rest;
            let length = y.len().checked_div(left).unwrap_or(0);
            let Some((to, rest)) = y.split_at_mut_checked(length) else { return };
            y = rest;
            for (from, to) in from.iter().zip(to.iter_mut().skip(offset)) {
                *to = *from;
            }
        }
    }
}

/// The reverse: the part of dJ/dy that belongs to `x`.
#[inline(always)]
pub fn concat_gradient<S: Store, T: Scalar, const N: usize, const M: usize>(
    store: S,
    dy: &[[T; M]],
    dx: &mut [[T; N]],
    outer: usize,
    offset: usize,
) {
    for (dy, dx) in dy.iter().zip(dx) {
        let (mut dy, mut dx) = (dy.as_slice(), dx.as_mut_slice());
        for left in (1..=outer).rev() {
            let Some((from, rest)) = split_block(dy, left) else { return };
            dy = rest;
            let length = dx.len().checked_div(left).unwrap_or(0);
            let Some((to, rest)) = dx.split_at_mut_checked(length) else { return };
            dx = rest;
            for (to, from) in to.iter_mut().zip(from.iter().skip(offset)) {
                store.store(to, *from);
            }
        }
    }
}

/// The first of the `left` equal blocks of a slice, and the others.
#[inline(always)]
fn split_block<T>(values: &[T], left: usize) -> Option<(&[T], &[T])> {
    values.split_at_checked(values.len().checked_div(left)?)
}
