//! Layers small enough to be inlined where they are used, their sizes part of the type: a row of outputs
//! stays in registers, and every loop can be unrolled.

use super::block::{Matrix, at, list, multiply, multiply_apart, place_vectors, store_sums};
use super::forward::sums_apart;
use super::rows::Row;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most weights: beyond, a call costs nothing in comparison.
const WEIGHTS: usize = 1024;

/// The most vectors of outputs.
const VECTORS: usize = 8;

/// Whether a layer of these sizes is small.
#[inline(always)]
pub const fn is_small<S: Vectors<T>, T: Scalar>(inputs: usize, outputs: usize) -> bool {
    // Without optimisation nothing is inlined: the user's crate would compile it as it stands.
    cfg!(not(debug_assertions))
        && inputs * outputs <= WEIGHTS
        && outputs.div_ceil(<S::Wide as Lanes<S, T>>::COUNT) <= VECTORS
}

/// Calls `$function::<V, N>` with the vectors and the number of them that a row of `$outputs` needs.
macro_rules! choose_vectors {
    ($vector:ident, $outputs:ident, $narrower:expr, $function:ident $arguments:tt) => {
        if const { $vector::COUNT > $outputs } {
            $narrower
        } else if const { $outputs.div_ceil($vector::COUNT) == 1 } {
            $function::<S, T, $vector, X, 1, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 2 } {
            $function::<S, T, $vector, X, 2, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 3 } {
            $function::<S, T, $vector, X, 3, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 4 } {
            $function::<S, T, $vector, X, 4, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 5 } {
            $function::<S, T, $vector, X, 5, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 6 } {
            $function::<S, T, $vector, X, 6, I, O> $arguments
        } else if const { $outputs.div_ceil($vector::COUNT) == 7 } {
            $function::<S, T, $vector, X, 7, I, O> $arguments
        } else {
            $function::<S, T, $vector, X, 8, I, O> $arguments
        }
    };
}

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
    let offsets = place_vectors::<S, T, V, N>(0, O);
    let matrix = Matrix { start: weight.as_ptr().cast(), stride: O };
    for (x, y) in x.iter().zip(y) {
        let x = x.row().as_ptr();
        let y = y.as_mut_ptr();
        // SAFETY: offsets leave room for a vector in a row of O scalars, and x has I of them, as many as
        // the weight has rows.
        unsafe {
            let start: [V; N] = list(|n| match bias {
                Some(bias) => V::load(simd, bias.as_ptr().add(at!(offsets, n))),
                None => V::splat(simd, T::ZERO),
            });
            let factors = |k| [*x.add(k)];
            let sums = if const { sums_apart(I, O) } {
                multiply_apart(simd, I, factors, matrix, offsets, [start], T::ZERO)
            } else {
                multiply(simd, I, factors, matrix, offsets, [start])
            };
            store_sums([y], offsets, sums);
        }
    }
}

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
    let offsets = place_vectors::<S, T, V, N>(0, O);
    let rows = x.len().min(delta.len());
    let located = X::locate(x);
    let x = located.table();
    let matrix = Matrix { start: delta.as_ptr().cast(), stride: O };
    for (input, gradient) in gradient.iter_mut().enumerate().take(I) {
        let gradient = gradient.as_mut_ptr();
        // SAFETY: rows of x below their number have I scalars, those of delta O; offsets leave room for a
        // vector.
        unsafe {
            let factors = |row| [*x.start(row).add(input)];
            let zero = [[V::splat(simd, T::ZERO); N]];
            let mut sums = multiply(simd, rows, factors, matrix, offsets, zero);
            // All is read before anything is written: where the last two vectors share outputs, both hold
            // the same sums.
            if adds {
                let [new] = sums;
                sums = [list(|n| V::load(simd, gradient.add(at!(offsets, n))).add(at!(new, n)))];
            }
            store_sums([gradient], offsets, sums);
        }
    }
}
