//! Layers small enough to be inlined where they are used, their sizes part of the type: a row of outputs
//! stays in registers, and every loop can be unrolled.

mod forward;
mod weight_gradient;

pub use self::forward::forward;
pub use self::weight_gradient::weight_gradient;
use super::block::{Matrix, Panel, at, load_first, place_vectors, store_first, store_sums};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most weights: beyond, a call costs nothing in comparison.
const WEIGHTS: usize = 1024;

/// The most weights that an input gradient is inlined for. Transposing has many forms: more of them would not be
/// worth compiling in every user's crate.
pub const TRANSPOSED_WEIGHTS: usize = 64;

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
