//! y = x W + b, some rows at a time.

use super::super::block::{at, list, multiply_parts};
use super::super::forward::Forward;
use super::super::order::{count_parts, sums_lanes};
use super::super::rows::Row;
use super::{Lined, choose_vectors, load_row, store_row};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, keep_scalars};

/// y = x W + b
#[inline(always)]
pub fn forward<S, T, V, X, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    if const { O == 1 && sums_lanes(I) } {
        let call = Forward::new(x, weight, bias, y);
        // SAFETY: `call` was made of borrowed arrays of these sizes.
        return unsafe { call.run_dots(simd) };
    }
    choose_vectors!(
        V,
        O,
        forward::<S, T, V::Half, X, I, O>(simd, x, weight, bias, y),
        forward_rows(simd, x, weight, bias, y)
    );
}

#[inline(always)]
fn forward_rows<S, T, V, X, const N: usize, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    // SAFETY: the weight has I rows of O scalars, the bias has O.
    let (weight, start) = unsafe {
        let weight = Lined::<T, V, N, O>::new(simd, weight.as_ptr().cast(), I);
        let start = match bias {
            Some(bias) => load_row::<S, T, V, N, O>(simd, bias.as_ptr()),
            None => [V::splat(simd, T::ZERO); N],
        };
        (weight, start)
    };
    let rows = x.len().min(y.len());
    let (x, y) = (x.as_ptr(), y.as_mut_ptr());
    let mut row = 0;
    // SAFETY: rows below their number.
    unsafe {
        if const { N == 1 && V::COUNT > 1 } {
            while row + 8 <= rows {
                forward_block::<S, T, V, X, 8, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 8;
            }
        }
        if const { N <= 2 && V::COUNT > 1 } {
            while row + 4 <= rows {
                forward_block::<S, T, V, X, 4, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 4;
            }
        }
        if const { (N == 3 || N == 4) && V::COUNT > 1 } {
            while row + 2 <= rows {
                forward_block::<S, T, V, X, 2, N, I, O>(
                    simd,
                    x.add(row),
                    &weight,
                    start,
                    y.add(row),
                );
                row += 2;
            }
        }
        while row < rows {
            forward_block::<S, T, V, X, 1, N, I, O>(simd, x.add(row), &weight, start, y.add(row));
            row += 1;
        }
    }
}

/// `M` rows.
#[inline(always)]
unsafe fn forward_block<
    S,
    T,
    V,
    X,
    const M: usize,
    const N: usize,
    const I: usize,
    const O: usize,
>(
    simd: S,
    x: *const X,
    weight: &Lined<T, V, N, O>,
    start: [V; N],
    y: *mut [T; O],
) where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
    X: Row<T, I>,
{
    // SAFETY: there are M rows of x and of y, says the caller; the weight has I rows.
    unsafe {
        let x: [*const T; M] = list(|m| keep_scalars::<S, T>((*x.add(m)).row().as_ptr()));
        let factors = |k: usize| list(|m| *at!(x, m).add(k));
        let vectors = |k: usize| weight.load(simd, k);
        let parts = const { count_parts(I, O) };
        let sums = multiply_parts(simd, parts, I, factors, vectors, [start; M]);
        for m in 0..M {
            store_row::<S, T, V, N, O>(at!(sums, m), y.add(m).cast());
        }
    }
}
