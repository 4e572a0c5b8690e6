//! dJ/dW = xᵀ delta

use core::marker::PhantomData;

use super::block::{LONGEST, Matrix, Offsets, Panel, at, list, multiply, place_vectors};
use super::pack::{Buffer, keep_row};
use super::rows::{Row, Rows};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest};

/// The product that a layer's weight gradient is.
#[derive(Clone, Copy, Debug)]
pub struct WeightGradient<'a, T> {
    pub(super) adds: bool,
    pub(super) x: Rows<'a, T>,
    pub(super) rows: usize,
    pub(super) delta: *const T,
    pub(super) gradient: *mut T,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl<'a, T: Scalar> WeightGradient<'a, T> {
    /// From borrowed arrays. Rows without a partner are ignored; `adds` says whether what stands in
    /// `gradient` is kept.
    #[inline(always)]
    pub fn new<X: Row<T, I>, const I: usize, const O: usize>(
        adds: bool,
        x: &'a [X],
        delta: &'a [[T; O]],
        gradient: &'a mut [[T; O]],
    ) -> Self {
        let rows = x.len().min(delta.len());
        Self {
            adds,
            x: X::locate(x),
            rows,
            delta: delta.as_ptr().cast(),
            inputs: gradient.len().min(I),
            gradient: gradient.as_mut_ptr().cast(),
            outputs: O,
        }
    }

    /// The rows of some inputs, from `first` on: as many as `gradient` has room for.
    #[inline(always)]
    pub(super) fn of_inputs<const I: usize, const O: usize>(
        x: &'a [[T; I]],
        first: usize,
        delta: &'a [[T; O]],
        gradient: &'a mut [[T; O]],
    ) -> Self {
        let inputs = gradient.len().min(I.saturating_sub(first));
        let start = x.as_ptr().cast::<T>().wrapping_add(first);
        let x_of_first = Rows::Joined { start, stride: I, lifetime: PhantomData };
        Self { x: x_of_first, inputs, ..Self::new(false, x, delta, gradient) }
    }

    /// Computes it.
    ///
    /// # Safety
    ///
    /// The call was made of borrowed arrays, and what it borrowed is still borrowed.
    #[inline(always)]
    pub unsafe fn run<S: Vectors<T>>(&self, simd: S) {
        // SAFETY: the caller's.
        unsafe { self.run_columns::<S, S::Wide>(simd) }
    }

    /// With vectors of this width, or of the next that a row of outputs holds.
    #[inline(always)]
    unsafe fn run_columns<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; vectors are no longer than a row.
        unsafe {
            if const { V::COUNT > 1 } && V::COUNT > self.outputs {
                return self.run_columns::<S, V::Half>(simd);
            }
            let vectors = self.outputs.div_ceil(V::COUNT);
            let mut first = 0;
            while first < vectors {
                let left = vectors - first;
                first += if const { is_widest::<S, T, V>() && S::REGISTERS >= 32 } && left >= 4 {
                    self.run_inputs::<S, V, 4>(simd, first)
                } else if left >= 2 {
                    self.run_inputs::<S, V, 2>(simd, first)
                } else {
                    self.run_inputs::<S, V, 1>(simd, first)
                };
            }
        }
    }

    /// `N` vectors of every input's weights, from vector `first` on; returns `N`.
    #[inline(always)]
    unsafe fn run_inputs<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let offsets = place_vectors::<S, T, V, N>(first, self.outputs);
        let mut buffer = Buffer::new();
        let packed = buffer.panel::<S, V, N>();
        let matrix = Matrix { start: self.delta, stride: self.outputs };
        let mut delta = Panel { matrix, offsets };
        let mut input = 0;
        // SAFETY: each row of delta has the outputs, inputs below their number.
        unsafe {
            // A machine without vectors has no stack for a buffer either.
            let packs = const { V::COUNT > 1 } && self.inputs >= PACKS;
            if packs && Buffer::<T>::holds::<S, V, N>(self.rows) {
                let vectors = |row: usize| keep_row::<S, T, V, N>(simd, &delta, &packed, row);
                self.run_block::<S, V, 2, N>(simd, input, first, offsets, vectors);
                delta = packed;
                input += 2;
            }
            let vectors = |row: usize| delta.load::<S, V>(simd, row);
            if const { V::COUNT >= 8 || is_widest::<S, T, V>() && V::COUNT > 1 } {
                while input + 6 <= self.inputs {
                    self.run_block::<S, V, 6, N>(simd, input, first, offsets, vectors);
                    input += 6;
                }
            }
            while input + 2 <= self.inputs {
                self.run_block::<S, V, 2, N>(simd, input, first, offsets, vectors);
                input += 2;
            }
            while input < self.inputs {
                self.run_block::<S, V, 1, N>(simd, input, first, offsets, vectors);
                input += 1;
            }
        }
        N
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        input: usize,
        first: usize,
        offsets: Offsets<N>,
        vectors: impl Fn(usize) -> [V; N],
    ) {
        // SAFETY: inputs `input` to `input + M` are below their number; every row of x has them, every row
        // of delta and of the gradient has the outputs, and offsets leave room for a vector.
        unsafe {
            let table = self.x.table();
            let factors = |row: usize| {
                let x = table.start(row).add(input);
                list(|m| *x.add(m))
            };
            let sums = [[V::splat(simd, T::ZERO); N]; M];
            let sums = multiply(simd, self.rows, factors, vectors, sums);
            for m in 0..M {
                let gradient = self.gradient.add((input + m) * self.outputs);
                for n in 0..N {
                    let (sum, offset) = (at!(at!(sums, m), n), at!(offsets, n));
                    let place = gradient.add(offset);
                    // The last vector ends where the row does; what it shares with the one before it must
                    // be added once.
                    let shared = (first + n) * V::COUNT - offset;
                    if !self.adds {
                        sum.store(place);
                    } else if shared == 0 {
                        sum.add(V::load(simd, place)).store(place);
                    } else {
                        add_tail(sum, shared, place);
                    }
                }
            }
        }
    }
}

/// Inputs from which on it pays to have the deltas of a panel side by side.
const PACKS: usize = 48;

/// Adds all lanes but the first `shared` to what stands in memory.
///
/// # Safety
///
/// A vector can be read and written there.
#[inline(always)]
unsafe fn add_tail<S, T: Scalar, V: Lanes<S, T>>(sum: V, shared: usize, place: *mut T) {
    let mut lanes = [T::ZERO; LONGEST];
    debug_assert!(V::COUNT <= lanes.len());
    // SAFETY: no vector is longer than 16 scalars, and all that are read lie within one.
    unsafe {
        sum.store(lanes.as_mut_ptr());
        for (lane, value) in lanes.iter().enumerate().take(V::COUNT).skip(shared) {
            *place.add(lane) += *value;
        }
    }
}
