//! Activations over rows: a function of each element, and its derivative.

use super::dense::Row;
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
fn change_line<T: Scalar, X: Copy, const L: usize>(
    line: &mut [T; L],
    others: &[X; L],
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
pub fn forward<T: Scalar, X: Row<T, N>, const N: usize>(
    f: impl Fn(T) -> T,
    x: &[X],
    y: &mut [[T; N]],
) {
    if const { OUTLINED } {
        for (x, y) in x.iter().zip(y) {
            *y = *x.row();
            change(&f, y);
        }
    } else if let Some(x) = X::flatten(x) {
        forward_each(f, x, y.as_flattened_mut());
    } else {
        for (x, y) in x.iter().zip(y) {
            keep_apart();
            forward_each(&f, x.row(), y);
        }
    }
}

#[inline(always)]
fn forward_each<T: Scalar>(f: impl Fn(T) -> T, x: &[T], y: &mut [T]) {
    for (x, y) in x.iter().zip(y) {
        *y = f(*x);
    }
}

/// y = f(y)
#[inline(always)]
pub fn forward_in_place<T: Scalar, const N: usize>(f: impl Fn(T) -> T, y: &mut [[T; N]]) {
    if const { OUTLINED } {
        return change(&f, y.as_flattened_mut());
    }
    let (lines, rest) = y.as_flattened_mut().as_chunks_mut::<LINE>();
    for line in lines {
        change_line(line, &[(); LINE], |y, ()| f(y));
    }
    for y in rest {
        *y = f(*y);
    }
}

/// dJ/dx = dJ/dy f', of what was saved: x or y
#[inline(always)]
pub fn backward<S: Store, T: Scalar, X: Row<T, N>, const N: usize>(
    store: S,
    derivative: impl Fn(T) -> T,
    saved: &[X],
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    if let Some(saved) = X::flatten(saved) {
        return backward_each(store, derivative, saved, dy.as_flattened(), dx.as_flattened_mut());
    }
    for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
        keep_apart();
        backward_each(store, &derivative, saved.row(), dy, dx);
    }
}

#[inline(always)]
fn backward_each<T: Scalar>(
    store: impl Store,
    derivative: impl Fn(T) -> T,
    saved: &[T],
    dy: &[T],
    dx: &mut [T],
) {
    for ((saved, dy), dx) in saved.iter().zip(dy).zip(dx) {
        store.store(dx, *dy * derivative(*saved));
    }
}

/// delta = delta f'
#[inline(always)]
pub fn backward_in_place<T: Scalar, X: Row<T, N>, const N: usize>(
    derivative: impl Fn(T) -> T,
    saved: &[X],
    delta: &mut [[T; N]],
) {
    if let Some(saved) = X::flatten(saved) {
        return change_each(&derivative, saved, delta.as_flattened_mut());
    }
    for (saved, delta) in saved.iter().zip(delta) {
        keep_apart();
        change_each(&derivative, saved.row(), delta);
    }
}

#[inline(always)]
fn change_each<T: Scalar>(derivative: impl Fn(T) -> T, saved: &[T], delta: &mut [T]) {
    if const { OUTLINED } {
        return change_back(&derivative, saved, delta);
    }
    let (saved, delta) = backward_lines::<T, LINE>(&derivative, saved, delta);
    let (saved, delta) = backward_lines::<T, { LINE / 2 }>(&derivative, saved, delta);
    let (saved, delta) = backward_lines::<T, { LINE / 4 }>(&derivative, saved, delta);
    // In a loop over all that is left LLVM makes one vector of it, under a mask; and what is stored under a mask cannot
    // be read soon.
    for (saved, delta) in saved.iter().zip(delta) {
        keep_apart();
        *delta *= derivative(*saved);
    }
}

/// As far as there are whole lines; returns what is left.
#[inline(always)]
fn backward_lines<'a, T: Scalar, const L: usize>(
    derivative: impl Fn(T) -> T,
    saved: &'a [T],
    delta: &'a mut [T],
) -> (&'a [T], &'a mut [T]) {
    let (saved_lines, saved) = saved.as_chunks::<L>();
    let (delta_lines, delta) = delta.as_chunks_mut();
    for (saved, delta) in saved_lines.iter().zip(delta_lines) {
        change_line(delta, saved, |delta, saved| delta * derivative(saved));
    }
    (saved, delta)
}

/// dJ/dx = dJ/dy f', of x and y
#[inline(always)]
pub fn backward_from_both<S: Store, T: Scalar, X: Row<T, N>, Y: Row<T, N>, const N: usize>(
    store: S,
    derivative: impl Fn(T, T) -> T,
    (x, y): (&[X], &[Y]),
    dy: &[[T; N]],
    dx: &mut [[T; N]],
) {
    for (((x, y), dy), dx) in x.iter().zip(y).zip(dy).zip(dx) {
        for (((x, y), dy), dx) in x.row().iter().zip(y.row()).zip(dy).zip(dx) {
            store.store(dx, *dy * derivative(*x, *y));
        }
    }
}

/// delta = delta f', of x and y
#[inline(always)]
pub fn backward_from_both_in_place<T: Scalar, X: Row<T, N>, Y: Row<T, N>, const N: usize>(
    derivative: impl Fn(T, T) -> T,
    (x, y): (&[X], &[Y]),
    delta: &mut [[T; N]],
) {
    for ((x, y), delta) in x.iter().zip(y).zip(delta) {
        for ((x, y), delta) in x.row().iter().zip(y.row()).zip(delta) {
            *delta *= derivative(*x, *y);
        }
    }
}
