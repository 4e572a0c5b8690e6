//! dJ/dW = xᵀ delta, some inputs at a time.

use super::super::block::{LONGEST, Offsets, at, list, multiply, store_sums};
use super::super::rows::{Row, Table};
use super::{Lined, choose_vectors, load_row, store_row};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, keep_apart};

/// dJ/dW = xᵀ delta, set or added.
#[inline(always)]
pub fn weight_gradient<S, T, V, X, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[X],
    delta: &[[T; O]],
    gradient: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    if const { O == 1 && I > 1 || O < 4 && I >= 8 } {
        let rows = x.len().min(delta.len());
        let located = X::locate(x);
        let sums = (rows, located.table(), delta.as_ptr());
        let count = gradient.len().min(I);
        // SAFETY: there are so many rows of x, with so many inputs, and of delta.
        return unsafe {
            gradient_columns::<S, T, V, O>(simd, adds, &sums, 0, count, gradient.as_mut_ptr())
        };
    }
    choose_vectors!(
        V,
        O,
        weight_gradient::<S, T, V::Half, X, I, O>(simd, adds, x, delta, gradient),
        weight_gradient_rows(simd, adds, x, delta, gradient)
    );
}

#[inline(always)]
fn weight_gradient_rows<S, T, V, X, const N: usize, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[X],
    delta: &[[T; O]],
    gradient: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    let rows = x.len().min(delta.len());
    let located = X::locate(x);
    let x = located.table();
    // SAFETY: there are so many rows of delta.
    let delta = unsafe { Lined::<T, V, N, O>::new(simd, delta.as_ptr().cast(), rows) };
    let inputs = gradient.len().min(I);
    let gradient = gradient.as_mut_ptr();
    let sums = (rows, x, delta);
    let mut input = 0;
    // SAFETY: inputs below their number.
    unsafe {
        if const { N == 1 && V::COUNT > 1 } {
            input = gradient_blocks::<S, T, V, 8, N, O>(simd, adds, &sums, input, inputs, gradient);
        }
        if const { N <= 2 && V::COUNT > 1 } {
            input = gradient_blocks::<S, T, V, 4, N, O>(simd, adds, &sums, input, inputs, gradient);
        }
        if const { N <= 4 && V::COUNT > 1 } {
            while input + 2 <= inputs {
                gradient_block::<S, T, V, 2, N, O>(simd, adds, &sums, input, 0, gradient);
                input += 2;
            }
        }
        while input < inputs {
            gradient_block::<S, T, V, 1, N, O>(simd, adds, &sums, input, 0, gradient);
            input += 1;
        }
    }
}

/// The sums of the inputs from `input` on, `M` at a time; returns the first that is left. Two or more that are left
/// over take no longer in a full block, with some of the one before, than one at a time.
#[inline(always)]
unsafe fn gradient_blocks<S, T, V, const M: usize, const N: usize, const O: usize>(
    simd: S,
    adds: bool,
    sums: &(usize, Table<'_, T>, Lined<T, V, N, O>),
    mut input: usize,
    inputs: usize,
    gradient: *mut [T; O],
) -> usize
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    // SAFETY: inputs below their number.
    unsafe {
        while input + M <= inputs {
            gradient_block::<S, T, V, M, N, O>(simd, adds, sums, input, 0, gradient);
            input += M;
        }
        if inputs >= M && inputs - input >= 2 {
            let known = M - (inputs - input);
            gradient_block::<S, T, V, M, N, O>(simd, adds, sums, inputs - M, known, gradient);
            input = inputs;
        }
    }
    input
}

/// The sums of `M` inputs, of which the first `known` have been written before.
#[inline(always)]
unsafe fn gradient_block<S, T, V, const M: usize, const N: usize, const O: usize>(
    simd: S,
    adds: bool,
    (rows, x, delta): &(usize, Table<'_, T>, Lined<T, V, N, O>),
    input: usize,
    known: usize,
    gradient: *mut [T; O],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    // SAFETY: rows of x below their number have M inputs from `input` on, and so has the gradient.
    unsafe {
        let factors = |row: usize| {
            let x = x.start(row).add(input);
            list(|m| *x.add(m))
        };
        let vectors = |row: usize| delta.load(simd, row);
        let zero = [[V::splat(simd, T::ZERO); N]; M];
        let sums = multiply(simd, *rows, factors, vectors, zero);
        for m in known..M {
            let place = gradient.add(input + m).cast::<T>();
            let mut row = at!(sums, m);
            // All is read before anything is written: where the last two vectors share outputs, both hold
            // the same sums.
            if adds {
                let old: [V; N] = load_row::<S, T, V, N, O>(simd, place);
                row = list(|n| at!(old, n).add(at!(row, n)));
            }
            store_row::<S, T, V, N, O>(row, place);
        }
    }
}

/// The sums of a few outputs, from input `first` on: they are computed as rows of inputs, as one of x stands in memory.
#[inline(always)]
unsafe fn gradient_columns<S: Vectors<T>, T: Scalar, V: Lanes<S, T>, const O: usize>(
    simd: S,
    adds: bool,
    sums: &(usize, Table<'_, T>, *const [T; O]),
    mut first: usize,
    inputs: usize,
    gradient: *mut [T; O],
) {
    // SAFETY: inputs below their number.
    unsafe {
        while first + 4 * V::COUNT <= inputs {
            columns_block::<S, T, V, 4, O>(simd, adds, sums, first, gradient);
            first += 4 * V::COUNT;
        }
        while first + V::COUNT <= inputs {
            columns_block::<S, T, V, 1, O>(simd, adds, sums, first, gradient);
            first += V::COUNT;
        }
        if const { V::COUNT > 1 } && first < inputs {
            gradient_columns::<S, T, V::Half, O>(simd, adds, sums, first, inputs, gradient);
        }
    }
}

#[inline(always)]
unsafe fn columns_block<S, T, V, const N: usize, const O: usize>(
    simd: S,
    adds: bool,
    (rows, x, delta): &(usize, Table<'_, T>, *const [T; O]),
    first: usize,
    gradient: *mut [T; O],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    let offsets: Offsets<N> = list(|n| n * V::COUNT);
    // SAFETY: rows below their number, each with N vectors of inputs from `first` on, as the gradient.
    unsafe {
        let place = gradient.add(first);
        let factors = |row: usize| *delta.add(row);
        let vectors = |row: usize| {
            let x = x.start(row).add(first);
            list(|n| V::load(simd, x.add(at!(offsets, n))))
        };
        let zero = [[V::splat(simd, T::ZERO); N]; O];
        let mut sums = multiply(simd, *rows, factors, vectors, zero);
        if const { O == 1 } {
            let place = place.cast::<T>();
            if adds {
                let old: [V; N] = list(|n| V::load(simd, place.add(at!(offsets, n))));
                sums = list(|o| list(|n| at!(old, n).add(at!(at!(sums, o), n))));
            }
            return store_sums([place; O], offsets, sums);
        }
        for (o, sums) in sums.into_iter().enumerate() {
            for (n, sums) in sums.into_iter().enumerate() {
                let place = place.add(n * V::COUNT).cast::<T>().add(o);
                store_column::<S, T, V, O>(adds, sums, place);
            }
        }
    }
}

/// Writes a vector, or adds it: a scalar into each row, in the same column.
#[inline(always)]
unsafe fn store_column<S: Vectors<T>, T: Scalar, V: Lanes<S, T>, const O: usize>(
    adds: bool,
    sums: V,
    to: *mut T,
) {
    let mut lanes = [T::ZERO; LONGEST];
    // SAFETY: no vector is longer; the caller's.
    unsafe {
        sums.store(lanes.as_mut_ptr());
        for (row, sum) in lanes.iter().take(V::COUNT).enumerate() {
            keep_apart();
            let place = to.add(row * O);
            *place = if adds { *place + *sum } else { *sum };
        }
    }
}
