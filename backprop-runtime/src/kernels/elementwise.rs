//! Activations over rows: a function of each element, and its derivative.

use core::borrow::Borrow;

use crate::scalar::Scalar;
use crate::simd::{HAS_VECTORS, hide_origin, keep_apart};
use crate::store::Store;

/// Elements that are computed at a time.
const LINE: usize = 16;

/// values = f(values, others)
///
/// Where a value is chosen from what stands in its place, LLVM writes it under a mask, which takes several
/// times as long. So it must not see that the places are the same.
#[inline(always)]
fn change_line<T: Scalar, X: Copy>(
    line: &mut [T; LINE],
    others: &[X; LINE],
    f: impl Fn(T, X) -> T,
) {
    let mut values = *line;
    for (value, other) in values.iter_mut().zip(others) {
        *value = f(*value, *other);
    }
    // SAFETY: this is the line.
    unsafe { *hide_origin(line) = values };
}

/// Whether each function of an activation, and each derivative, is compiled once for a program, and not where it is used: a
/// machine without vectors has no more than one element to compute at a time, and seldom much memory for code.
const OUTLINED: bool = !HAS_VECTORS;

/// values = f(values), for a machine without vectors.
#[inline(never)]
fn change<T: Scalar>(f: impl Fn(T) -> T, values: &mut [T]) {
    for value in values {
        *value = f(*value);
    }
}

/// delta = delta f', for a machine without vectors.
#[inline(never)]
fn change_back<T: Scalar>(derivative: impl Fn(T) -> T, saved: &[T], delta: &mut [T]) {
    for (saved, delta) in saved.iter().zip(delta) {
        *delta *= derivative(*saved);
    }
}

/// y = f(x)
#[inline(always)]
pub fn forward<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    f: impl Fn(T) -> T,
    x: &[X],
    y: &mut [[T; N]],
) {
    for (x, y) in x.iter().zip(y) {
        if const { OUTLINED } {
            *y = *x.borrow();
            change(&f, y);
            continue;
        }
        keep_apart();
        for (x, y) in x.borrow().iter().zip(y) {
            *y = f(*x);
        }
    }
}

/// y = f(y)
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize>(f: impl Fn(T) -> T, y: &mut [[T; N]]) {
    if const { OUTLINED } {
        return change(&f, y.as_flattened_mut());
    }
    let (lines, rest) = y.as_flattened_mut().as_chunks_mut();
    for line in lines {
        change_line(line, &[(); LINE], |y, ()| f(y));
    }
    for y in rest {
        *y = f(*y);
    }
}

/// dJ/dx = dJ/dy f', of what was saved: x or y
#[inline(always)]
pub fn backward<S: Store, T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    store: S,
    derivative: impl Fn(T) -> T,
    saved: &[X],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
        keep_apart();
        for ((saved, dy), dx) in saved.borrow().iter().zip(dy).zip(dx) {
            store.store(dx, *dy * derivative(*saved));
        }
    }
}

/// delta = delta f'
#[inline(always)]
pub fn backward_in_place<T: Scalar, X: Borrow<[T; N]>, const N: usize>(
    derivative: impl Fn(T) -> T,
    saved: &[X],
    delta: &mut [[T; N]],
) {
    for (saved, delta) in saved.iter().zip(delta) {
        if const { OUTLINED } {
            change_back(&derivative, saved.borrow(), delta);
            continue;
        }
        keep_apart();
        let (saved_lines, saved_rest) = saved.borrow().as_chunks();
        let (delta_lines, delta_rest) = delta.as_chunks_mut();
        for (saved, delta) in saved_lines.iter().zip(delta_lines) {
            change_line(delta, saved, |delta, saved| delta * derivative(saved));
        }
        for (saved, delta) in saved_rest.iter().zip(delta_rest) {
            *delta *= derivative(*saved);
        }
    }
}

/// dJ/dx = dJ/dy f', of x and y
#[inline(always)]
pub fn backward_from_both<
    S: Store,
    T: Scalar,
    X: Borrow<[T; N]>,
    Y: Borrow<[T; N]>,
    const N: usize,
>(
    store: S,
    derivative: impl Fn(T, T) -> T,
    (x, y): (&[X], &[Y]),
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for (((x, y), dy), dx) in x.iter().zip(y).zip(dy).zip(dx) {
        for (((x, y), dy), dx) in x.borrow().iter().zip(y.borrow()).zip(dy).zip(dx) {
            store.store(dx, *dy * derivative(*x, *y));
        }
    }
}

/// delta = delta f', of x and y
#[inline(always)]
pub fn backward_from_both_in_place<
    T: Scalar,
    X: Borrow<[T; N]>,
    Y: Borrow<[T; N]>,
    const N: usize,
>(
    derivative: impl Fn(T, T) -> T,
    (x, y): (&[X], &[Y]),
    delta: &mut [[T; N]],
) {
    for ((x, y), delta) in x.iter().zip(y).zip(delta) {
        for ((x, y), delta) in x.borrow().iter().zip(y.borrow()).zip(delta) {
            *delta *= derivative(*x, *y);
        }
    }
}
