//! y = x W + b

use super::WIDE;
use super::block::{
    Matrix, Offsets, at, list, multiply, multiply_apart, place_vectors, store_sums,
};
use super::rows::{Row, Rows};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest};

/// Inputs from which on a narrow layer sums every fourth of them apart.
const LONG: usize = 8;

/// Whether a layer of these sizes sums every fourth input apart.
pub const fn sums_apart(inputs: usize, outputs: usize) -> bool {
    outputs < WIDE && inputs >= LONG
}

/// The product of a layer's forward pass.
#[derive(Clone, Copy, Debug)]
pub struct Forward<'a, T> {
    x: Rows<'a, T>,
    rows: usize,
    weight: *const T,
    bias: Option<*const T>,
    y: *mut T,
    inputs: usize,
    outputs: usize,
}

impl<'a, T: Scalar> Forward<'a, T> {
    /// From borrowed arrays. Rows without a partner are ignored.
    #[inline(always)]
    pub fn new<X: Row<T, I>, const I: usize, const O: usize>(
        x: &'a [X],
        weight: &'a [[T; O]; I],
        bias: Option<&'a [T; O]>,
        y: &'a mut [[T; O]],
    ) -> Self {
        let rows = x.len().min(y.len());
        Self {
            x: X::locate(x),
            rows,
            weight: weight.as_ptr().cast(),
            bias: bias.map(|bias| bias.as_ptr()),
            y: y.as_mut_ptr().cast(),
            inputs: I,
            outputs: O,
        }
    }

    /// Computes it.
    ///
    /// # Safety
    ///
    /// The call was made by [`Forward::new`], and what it borrowed is still borrowed.
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
                let apart = sums_apart(self.inputs, self.outputs);
                first += if const { V::COUNT == 1 } && left >= 8 && !apart {
                    self.run_rows::<S, V, 8>(simd, first)
                } else if const { is_widest::<S, T, V>() && S::REGISTERS >= 32 } && left >= 4 {
                    self.run_rows::<S, V, 4>(simd, first)
                } else if left >= 2 {
                    self.run_rows::<S, V, 2>(simd, first)
                } else {
                    self.run_rows::<S, V, 1>(simd, first)
                };
            }
        }
    }

    /// `N` vectors of every row's outputs, from vector `first` on; returns `N`.
    #[inline(always)]
    unsafe fn run_rows<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let offsets = place_vectors::<S, T, V, N>(first, self.outputs);
        // SAFETY: the caller's; offsets leave room for a vector in a row.
        unsafe {
            if sums_apart(self.inputs, self.outputs) {
                self.run_apart::<S, V, N>(simd, offsets);
            } else {
                self.run_in_order::<S, V, N>(simd, offsets);
            }
        }
        N
    }

    /// Every row, with sums from the first input to the last.
    #[inline(always)]
    unsafe fn run_in_order<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        offsets: Offsets<N>,
    ) {
        let mut packed = core::mem::MaybeUninit::<[T; 4096]>::uninit();
        let packed = packed.as_mut_ptr().cast::<T>();
        let height = 4096 / (N * V::COUNT);
        let pack = self.rows >= 12 && const { is_widest::<S, T, V>() && V::COUNT > 1 };
        if !pack {
            let weight = Matrix { start: self.weight, stride: self.outputs };
            unsafe { self.run_range::<S, V, N>(simd, weight, offsets, offsets, 0, self.inputs); }
            return;
        }
        let mut from = 0;
        while from < self.inputs {
            let count = height.min(self.inputs - from);
            unsafe {
                let mut row = self.weight.add(from * self.outputs);
                let mut to = packed;
                for _ in 0..count {
                    for n in 0..N {
                        V::load(simd, row.add(at!(offsets, n))).store(to.add(n * V::COUNT));
                    }
                    row = row.wrapping_add(self.outputs);
                    to = to.wrapping_add(N * V::COUNT);
                }
                let weight = Matrix { start: packed.cast_const(), stride: N * V::COUNT };
                let places: Offsets<N> = list(|n| n * V::COUNT);
                self.run_range::<S, V, N>(simd, weight, places, offsets, from, count);
            }
            from += count;
        }
    }

    #[inline(always)]
    unsafe fn run_range<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S, weight: Matrix<T>, places: Offsets<N>,
        offsets: Offsets<N>, from: usize, count: usize,
    ) {
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { is_widest::<S, T, V>() && V::COUNT > 1 } {
                while row + 6 <= self.rows {
                    self.run_block::<S, V, 6, N>(simd, row, weight, places, offsets, from, count);
                    row += 6;
                }
                while row + 2 <= self.rows {
                    self.run_block::<S, V, 2, N>(simd, row, weight, places, offsets, from, count);
                    row += 2;
                }
            }
            while row < self.rows {
                self.run_block::<S, V, 1, N>(simd, row, weight, places, offsets, from, count);
                row += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize, weight: Matrix<T>, places: Offsets<N>,
        offsets: Offsets<N>, from: usize, count: usize,
    ) {
        // SAFETY: rows `row` to `row + M` are below their number, so that each has its inputs and outputs;
        // the weight has a row of outputs for each input; offsets leave room for a vector.
        unsafe {
            let x: [*const T; M] = self.inputs_of::<M>(row);
            let x: [*const T; M] = list(|m| at!(x, m).add(from));
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs));
            let sums = if from == 0 { [self.start_sums::<S, V, N>(simd, offsets); M] } else {
                list(|m| list(|n| V::load(simd, at!(y, m).add(at!(offsets, n)))))
            };
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let sums = multiply(simd, count, factors, weight, places, sums);
            store_sums(y, offsets, sums);
        }
    }

    /// Every row, with sums of every fourth input.
    #[inline(always)]
    unsafe fn run_apart<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        offsets: Offsets<N>,
    ) {
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { V::COUNT > 1 && N == 1 } {
                while row + 3 <= self.rows {
                    self.run_block_apart::<S, V, 3, N>(simd, row, offsets);
                    row += 3;
                }
            }
            while row < self.rows {
                self.run_block_apart::<S, V, 1, N>(simd, row, offsets);
                row += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn run_block_apart<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize,
        offsets: Offsets<N>,
    ) {
        // SAFETY: as in `run_block`.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs));
            let weight = Matrix { start: self.weight, stride: self.outputs };
            let sums = [self.start_sums::<S, V, N>(simd, offsets); M];
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let sums = multiply_apart(simd, self.inputs, factors, weight, offsets, sums, T::ZERO);
            store_sums(y, offsets, sums);
        }
    }

    /// The first input of `M` rows.
    #[inline(always)]
    unsafe fn inputs_of<const M: usize>(&self, row: usize) -> [*const T; M] {
        let table = self.x.table();
        // SAFETY: there are such rows, says the caller.
        list(|m| unsafe { table.start(row + m) })
    }

    /// What every sum begins with.
    #[inline(always)]
    unsafe fn start_sums<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        offsets: Offsets<N>,
    ) -> [V; N] {
        list(|n| match self.bias {
            // SAFETY: the bias has a scalar for each output.
            Some(bias) => unsafe { V::load(simd, bias.add(at!(offsets, n))) },
            None => V::splat(simd, T::ZERO),
        })
    }
}
