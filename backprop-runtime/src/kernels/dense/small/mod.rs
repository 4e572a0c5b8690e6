//! Layers small enough to be compiled with their sizes part of the type: a row of outputs stays in registers, and
//! every loop can be unrolled.
//!
//! The smallest are inlined where they are used; the others are functions (`run_*`). Not all can be inlined: the
//! compiler's time for one long function grows with the square of its loops. Ten layers of 16 to 26 neurons, all
//! inlined, took 67 s to build for release; as functions they take 10 s, and run as fast.

mod forward;
mod weight_gradient;

pub use self::forward::forward;
pub use self::weight_gradient::weight_gradient;
use super::block::{Matrix, Panel, at, load_first, place_vectors, store_first, store_sums};
use super::rows::Row;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most weights: beyond, the sizes tell the compiler nothing that is worth its time.
const WEIGHTS: usize = 640;

/// The most weights of a layer that is inlined for a single sample.
pub const SAMPLE_WEIGHTS: usize = 256;

/// The most weights of a product with one row that is compiled where it is called, as a loop.
const LOOP_WEIGHTS: usize = 16_384;

/// The most weights of a layer whose products of several rows are inlined as well.
const TINY_WEIGHTS: usize = 64;

/// The most vectors of outputs: as many as there is code for, and half of that where each form is compiled for
/// several instruction sets.
const fn limit_vectors<S: Vectors<T>, T: Scalar>() -> usize {
    if <S::Wide as Lanes<S, T>>::COUNT == 1 { 8 } else { 4 }
}

/// Whether a layer of these sizes is small.
#[inline(always)]
pub const fn is_small<S: Vectors<T>, T: Scalar>(inputs: usize, outputs: usize) -> bool {
    // Without optimisation nothing is inlined: the user's crate would compile it as it stands.
    cfg!(not(debug_assertions))
        && inputs * outputs <= WEIGHTS
        && outputs.div_ceil(<S::Wide as Lanes<S, T>>::COUNT) <= limit_vectors::<S, T>()
}

/// Whether the registers hold a row of so many outputs, whatever it is the sum of.
#[inline(always)]
pub const fn holds_row<S: Vectors<T>, T: Scalar>(outputs: usize) -> bool {
    let lanes = <S::Wide as Lanes<S, T>>::COUNT;
    cfg!(not(debug_assertions)) && lanes > 1 && outputs.div_ceil(lanes) <= S::REGISTERS / 4
}

/// Whether a product of a row with so many weights is over before the call of a function that serves all sizes has come
/// to its first vector.
#[inline(always)]
pub const fn holds_loop<S: Vectors<T>, T: Scalar>(inputs: usize, outputs: usize) -> bool {
    cfg!(not(debug_assertions))
        && <S::Wide as Lanes<S, T>>::COUNT > 1
        && inputs * outputs <= LOOP_WEIGHTS
}

/// Whether a layer of these sizes is so small that a call would cost much in comparison to any of its products.
#[inline(always)]
pub const fn is_tiny(inputs: usize, outputs: usize) -> bool {
    cfg!(not(debug_assertions)) && inputs * outputs <= TINY_WEIGHTS
}

/// y = x W + b, compiled once for each layer: many loops inlined into one long function take the compiler a
/// time that grows with the square of their number.
#[inline(never)]
pub fn run_forward<S: Vectors<T>, T: Scalar, X: Row<T, I>, const I: usize, const O: usize>(
    simd: S,
    x: &[X],
    weight: &[[T; O]; I],
    bias: Option<&[T; O]>,
    y: &mut [[T; O]],
) {
    simd.vectorize(
        #[inline(always)]
        || forward::<S, T, S::Wide, X, I, O>(simd, x, weight, bias, y),
    );
}

/// dJ/dW = xᵀ delta, set or added, compiled once for each layer.
#[inline(never)]
pub fn run_weight_gradient<S, T, X, const I: usize, const O: usize>(
    simd: S,
    adds: bool,
    x: &[X],
    delta: &[[T; O]],
    gradient: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
{
    simd.vectorize(
        #[inline(always)]
        || weight_gradient::<S, T, S::Wide, X, I, O>(simd, adds, x, delta, gradient),
    );
}

/// Calls `$function::<V, N>` with the narrowest vectors, and the fewest, that hold a row of `$outputs`.
macro_rules! choose_vectors {
    ($vector:ident, $outputs:ident, $narrower:expr, $function:ident $arguments:tt) => {
        if const {
            $vector::COUNT > 1
                && <$vector::Half as Lanes<S, T>>::COUNT < $vector::COUNT
                && <$vector::Half as Lanes<S, T>>::COUNT >= $outputs
        } {
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

/// A row of a matrix in registers. A vector may be longer than the row: it then reads on into the next, and
/// what it finds there is in lanes that nobody looks at. Only behind the last row there may be nothing.
#[derive(Clone, Copy)]
pub struct Lined<T, V, const N: usize, const O: usize> {
    panel: Panel<T, N>,
    last: usize,
    last_row: [V; N],
}

impl<T: Scalar, V, const N: usize, const O: usize> Lined<T, V, N, O> {
    /// # Safety
    ///
    /// There are `rows` rows of `O` scalars.
    #[inline(always)]
    pub unsafe fn new<S: Vectors<T>>(simd: S, start: *const T, rows: usize) -> Self
    where
        V: Lanes<S, T>,
    {
        let matrix = Matrix { start, stride: O };
        let panel = Panel { matrix, offsets: place_vectors::<S, T, V, N>(0, O) };
        let last = rows.saturating_sub(1);
        let mut last_row = [V::splat(simd, T::ZERO); N];
        if const { V::COUNT > O } && rows > 0 {
            // SAFETY: the caller's.
            last_row = [unsafe { load_first(simd, start.add(last * O), O) }; N];
        }
        Self { panel, last, last_row }
    }

    /// Row `k`.
    ///
    /// # Safety
    ///
    /// There is such a row.
    #[inline(always)]
    pub unsafe fn load<S: Vectors<T>>(&self, simd: S, k: usize) -> [V; N]
    where
        V: Lanes<S, T>,
    {
        if const { V::COUNT > O } && k == self.last {
            return self.last_row;
        }
        // SAFETY: the caller's; a vector that is longer than a row is no longer than two.
        unsafe { self.panel.load(simd, k) }
    }
}

/// A row.
///
/// # Safety
///
/// There are `O` scalars.
#[inline(always)]
pub unsafe fn load_row<S, T, V, const N: usize, const O: usize>(simd: S, from: *const T) -> [V; N]
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    // SAFETY: the caller's: a single row.
    unsafe { Lined::<T, V, N, O>::new(simd, from, 1).load(simd, 0) }
}

/// Writes a row.
///
/// # Safety
///
/// There are `O` scalars.
#[inline(always)]
pub unsafe fn store_row<S, T, V, const N: usize, const O: usize>(row: [V; N], to: *mut T)
where
    S: Vectors<T>,
    T: Scalar,
    V: Lanes<S, T>,
{
    // SAFETY: there are O scalars, says the caller.
    unsafe {
        if const { V::COUNT > O } {
            store_first(at!(row, 0), to, O);
        } else {
            store_sums([to], place_vectors::<S, T, V, N>(0, O), [row]);
        }
    }
}

use choose_vectors;
