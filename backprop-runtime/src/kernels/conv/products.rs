//! Sums over all positions of the output: dJ/dW.

use super::correlate::Taps;
use crate::kernels::dense::block::{LONGEST, at, at_mut, list};
use crate::kernels::dense::scalar::is_scalar;
use crate::kernels::lanes::{VECTORS, add_vectors, count_lanes};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};

/// Taps whose gradients are computed at a time.
pub const TAPS: usize = 4;

/// `gradient[k][f] = Σ_r Σ_c delta[f][r][c] from[r][c + tap k]`, column c in lane c modulo the lanes of 32 bytes; the
/// lanes are added at the end, the upper half to the lower one.
#[derive(Clone, Copy, Debug)]
pub struct Products<T> {
    /// The first scalar that a window reads.
    pub from: *const T,
    /// To the next plane.
    pub from_plane: usize,
    /// To the row that the next row of outputs reads.
    pub from_row: usize,
    /// The window, downwards.
    pub rows_of_window: Taps,
    /// The window, across.
    pub columns_of_window: Taps,
    /// dJ/dy of the first filter: rows filled up with zeros to whole lanes.
    pub delta: *const T,
    /// To the next filter.
    pub delta_plane: usize,
    /// To the next row.
    pub delta_row: usize,
    /// Rows of outputs.
    pub rows: usize,
    /// Their columns, as they are filled up.
    pub columns: usize,
    /// Filters.
    pub filters: usize,
    /// The first tap to compute.
    pub first: usize,
    /// How many to compute.
    pub taps: usize,
    /// Where the gradients of the first one go.
    pub gradient: *mut T,
    /// To those of the next one.
    pub stride: usize,
    /// Whether what stands there is kept.
    pub adds: bool,
}

impl<T: Scalar> Products<T> {
    /// Computes it.
    ///
    /// # Safety
    ///
    /// All that the fields describe can be read and written.
    #[inline(always)]
    pub unsafe fn run<S: Vectors<T>>(&self, simd: S) {
        // SAFETY: the caller's.
        unsafe {
            if const { is_scalar::<S, T>() } {
                self.run_scalars();
            } else {
                self.run_vectors::<S, S::Wide>(simd);
            }
        }
    }

    #[inline(always)]
    unsafe fn run_vectors<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; taps and filters below their numbers.
        unsafe {
            if const { V::COUNT > count_lanes::<T>() } {
                return self.run_vectors::<S, V::Half>(simd);
            }
            let end = self.first + self.taps;
            let mut tap = self.first;
            while tap < end {
                if end - tap >= TAPS && const { V::COUNT == count_lanes::<T>() } {
                    if const { S::REGISTERS >= 32 } {
                        self.run_taps::<S, V, 6, TAPS>(simd, tap);
                    } else {
                        self.run_taps::<S, V, 3, TAPS>(simd, tap);
                    }
                    tap += TAPS;
                } else {
                    self.run_taps::<S, V, 2, 1>(simd, tap);
                    tap += 1;
                }
            }
        }
    }

    #[inline(always)]
    unsafe fn run_taps<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        tap: usize,
    ) {
        let mut filter = 0;
        // SAFETY: the caller's.
        unsafe {
            while filter + M <= self.filters && (M != 6 || self.filters - filter != 8) {
                self.run_block::<S, V, M, N>(simd, tap, filter);
                filter += M;
            }
            if const { M > 4 } {
                while filter + 4 <= self.filters {
                    self.run_block::<S, V, 4, N>(simd, tap, filter);
                    filter += 4;
                }
            }
            while filter < self.filters {
                self.run_block::<S, V, 1, N>(simd, tap, filter);
                filter += 1;
            }
        }
    }

    /// Where a tap reads.
    #[inline(always)]
    pub(super) fn find_tap(&self, tap: usize) -> *const T {
        let (down, across) = (self.rows_of_window, self.columns_of_window);
        let (window, width) = ((down.count * across.count).max(1), across.count.max(1));
        let (plane, place) = (tap / window, tap % window);
        let (row, column) = (place / width, place % width);
        let phase = column * across.phase_step;
        let offset = down.start
            + row as isize * down.step
            + across.start
            + column as isize * across.step
            + (phase / across.phases.max(1)) as isize * across.wrap;
        self.from.wrapping_add(plane * self.from_plane).wrapping_offset(offset)
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        tap: usize,
        filter: usize,
    ) {
        let lanes = count_lanes::<T>();
        let vectors = lanes / V::COUNT;
        let from: [*const T; N] = list(|n| self.find_tap(tap + n));
        let delta: [*const T; M] =
            list(|m| self.delta.wrapping_add((filter + m) * self.delta_plane));
        let mut sums = [[[V::splat(simd, T::ZERO); VECTORS]; N]; M];
        // SAFETY: the caller's; no more than VECTORS vectors.
        unsafe {
            for row in 0..self.rows {
                let mut column = 0;
                while column < self.columns {
                    for vector in 0..vectors {
                        let offset = column + vector * V::COUNT;
                        let from: [V; N] = list(|n| {
                            V::load(simd, at!(from, n).wrapping_add(row * self.from_row + offset))
                        });
                        for m in 0..M {
                            let delta = V::load(
                                simd,
                                at!(delta, m).wrapping_add(row * self.delta_row + offset),
                            );
                            for n in 0..N {
                                let sum = &mut at_mut!(at_mut!(at_mut!(sums, m), n), vector);
                                *sum = delta.mul_add(at!(from, n), *sum);
                            }
                        }
                    }
                    column += lanes;
                }
            }
            // The sums themselves stay in registers only if nothing looks for one of them by a number.
            let mut kept = [[[T::ZERO; LONGEST]; N]; M];
            for m in 0..M {
                for n in 0..N {
                    for vector in 0..vectors {
                        let to = at_mut!(at_mut!(kept, m), n).as_mut_ptr().add(vector * V::COUNT);
                        at!(at!(at!(sums, m), n), vector).store(to);
                    }
                }
            }
            for (m, kept) in kept.iter().enumerate() {
                for (n, kept) in kept.iter().enumerate() {
                    let mut sums = [V::splat(simd, T::ZERO); VECTORS];
                    for (vector, sums) in sums.iter_mut().take(vectors).enumerate() {
                        *sums = V::load(simd, kept.as_ptr().add(vector * V::COUNT));
                    }
                    let sum = add_vectors::<S, T, V, VECTORS>(sums, vectors).sum();
                    let index = (tap + n - self.first) * self.stride + filter + m;
                    let place = &mut *self.gradient.add(index);
                    *place = if self.adds { *place + sum } else { sum };
                }
            }
        }
    }
}
