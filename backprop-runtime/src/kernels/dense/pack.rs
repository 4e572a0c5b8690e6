//! A panel of a matrix, copied to where its rows stand side by side: rows that are far apart share few places of
//! the first cache, and push each other out of it.

use core::mem::MaybeUninit;

use super::block::{Matrix, Panel, at, list};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// The most scalars of a panel: 16 KiB of f32, half of a small first cache.
pub const PACKED: usize = 4096;

/// Room for a panel.
pub struct Buffer<T>(MaybeUninit<[T; PACKED]>);

impl<T: Scalar> Buffer<T> {
    #[inline(always)]
    pub const fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    /// Its first scalar.
    #[inline(always)]
    pub fn start(&mut self) -> *mut T {
        self.0.as_mut_ptr().cast()
    }

    /// Whether a panel of so many rows of `N` vectors fits.
    #[inline(always)]
    pub const fn holds<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(rows: usize) -> bool {
        rows * N * V::COUNT <= PACKED
    }

    /// The panel that [`keep_row`] fills, row by row.
    #[inline(always)]
    pub fn panel<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(&mut self) -> Panel<T, N> {
        let matrix = Matrix { start: self.start().cast_const(), stride: N * V::COUNT };
        Panel { matrix, offsets: list(|n| n * V::COUNT) }
    }
}

/// Row `k` of a panel, on its way into the panel of a buffer: whoever is the first to multiply by it copies it, and
/// no pass of its own is needed.
///
/// # Safety
///
/// The row can be read, and the buffer [holds](Buffer::holds) it.
#[inline(always)]
pub unsafe fn keep_row<S: Vectors<T>, T: Scalar, V: Lanes<S, T>, const N: usize>(
    simd: S,
    panel: &Panel<T, N>,
    packed: &Panel<T, N>,
    k: usize,
) -> [V; N] {
    // SAFETY: the caller's; the panel of a buffer can be written.
    unsafe {
        let vectors: [V; N] = panel.load(simd, k);
        let row = packed.matrix.start.cast_mut().wrapping_add(k * packed.matrix.stride);
        for n in 0..N {
            at!(vectors, n).store(row.wrapping_add(at!(packed.offsets, n)));
        }
        vectors
    }
}

/// Into as few parts of at most `limit` as possible, all about as long: the length of a part.
#[inline(always)]
pub const fn divide_evenly(length: usize, limit: usize) -> usize {
    if length == 0 { 1 } else { length.div_ceil(length.div_ceil(limit)) }
}
