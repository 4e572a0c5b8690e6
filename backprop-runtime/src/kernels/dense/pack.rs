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

    /// Copies a panel of `rows` rows, unless they are too many.
    ///
    /// # Safety
    ///
    /// They can be read.
    #[inline(always)]
    pub unsafe fn pack<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &mut self,
        simd: S,
        panel: Panel<T, N>,
        rows: usize,
    ) -> Panel<T, N> {
        let stride = N * V::COUNT;
        if rows * stride > PACKED {
            return panel;
        }
        let start = self.start();
        for row in 0..rows {
            // SAFETY: the caller's; the buffer has room for so many rows.
            unsafe {
                let vectors: [V; N] = panel.load(simd, row);
                for n in 0..N {
                    at!(vectors, n).store(start.add(row * stride + n * V::COUNT));
                }
            }
        }
        let matrix = Matrix { start: start.cast_const(), stride };
        Panel { matrix, offsets: list(|n| n * V::COUNT) }
    }
}
