//! y = x W + b

use core::ops::Range;

use super::block::{Matrix, Offsets, at, list, multiply_parts, place_vectors, store_sums};
use super::dot::dots;
use super::order::{count_parts, sums_lanes};
use super::pack::{Buffer, PACKED, Panel};
use super::rows::{Row, Rows};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest};

/// Rows from which on it pays to copy the weights of a panel.
const PACKS: usize = 12;

/// Some vectors of a row of outputs.
struct Place<T, const N: usize> {
    /// The first output.
    first: usize,
    /// Where the vectors begin, from there on.
    offsets: Offsets<N>,
    /// In how many parts their sums are computed.
    parts: usize,
    /// Their weights.
    weight: Matrix<T>,
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
        unsafe {
            if self.outputs == 1 && sums_lanes(self.inputs) {
                self.run_dots(simd);
            } else {
                self.run_columns::<S, S::Wide>(simd);
            }
        }
    }

    /// A single output: a product of two rows.
    #[inline(always)]
    pub(super) unsafe fn run_dots<S: Vectors<T>>(&self, simd: S) {
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { <S::Wide as Lanes<S, T>>::COUNT > 1 } {
                while row + 4 <= self.rows {
                    self.run_dots_of::<S, 4>(simd, row);
                    row += 4;
                }
            }
            while row < self.rows {
                self.run_dots_of::<S, 1>(simd, row);
                row += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn run_dots_of<S: Vectors<T>, const M: usize>(&self, simd: S, row: usize) {
        // SAFETY: rows `row` to `row + M` are below their number, so that each has its inputs and its output.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let sums: [T; M] = dots(simd, self.inputs, self.weight, x);
            for m in 0..M {
                *self.y.add(row + m) = match self.bias {
                    Some(bias) => *bias + at!(sums, m),
                    None => at!(sums, m),
                };
            }
        }
    }

    /// With vectors of this width, or of the next that a row of outputs holds.
    #[inline(always)]
    unsafe fn run_columns<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; vectors are no longer than a row.
        unsafe {
            if const { V::COUNT > 1 } && V::COUNT > self.outputs {
                return self.run_columns::<S, V::Half>(simd);
            }
            let parts = count_parts(self.inputs, self.outputs);
            let vectors = self.outputs.div_ceil(V::COUNT);
            let is_alone = self.rows == 1 || const { V::COUNT == 1 };
            let mut first = 0;
            while first < vectors {
                let left = vectors - first;
                let whole = self.outputs / V::COUNT - first;
                first += if whole >= 8 && is_alone && (parts == 1 || const { V::COUNT == 1 }) {
                    self.run_rows::<S, V, 8>(simd, first, parts)
                } else if whole >= 4
                    && (is_alone
                        || parts == 1 && const { is_widest::<S, T, V>() && S::REGISTERS >= 32 })
                {
                    self.run_rows::<S, V, 4>(simd, first, parts)
                } else if left >= 2 {
                    self.run_rows::<S, V, 2>(simd, first, parts)
                } else {
                    self.run_rows::<S, V, 1>(simd, first, parts)
                };
            }
        }
    }

    /// `N` vectors of every row's outputs, from vector `first` on; returns `N`. As many rows at a time as have
    /// sums enough and fit the registers.
    #[inline(always)]
    unsafe fn run_rows<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        first: usize,
        parts: usize,
    ) -> usize {
        // Known distances need no registers.
        let (start, offsets) = if const { N > 2 } {
            (first * V::COUNT, list(|n| n * V::COUNT))
        } else {
            (0, place_vectors::<S, T, V, N>(first, self.outputs))
        };
        let weight = Matrix { start: self.weight.wrapping_add(start), stride: self.outputs };
        let place = Place { first: start, offsets, parts, weight };
        // SAFETY: the caller's; rows and inputs below their numbers, and offsets leave room for a vector in a row.
        unsafe {
            if self.rows < PACKS || parts > 1 || const { V::COUNT == 1 } {
                let weight = Panel { matrix: place.weight, offsets: place.offsets };
                self.run_inputs::<S, V, N>(simd, &place, weight, 0..self.inputs);
                return N;
            }
            let mut buffer = Buffer::<T>::new();
            let height = PACKED / (N * V::COUNT);
            let mut from = 0;
            while from < self.inputs {
                let count = height.min(self.inputs - from);
                let matrix =
                    Matrix { start: place.weight.start.add(from * self.outputs), ..place.weight };
                let weight = buffer.pack::<S, V, N>(simd, matrix, place.offsets, count);
                self.run_inputs::<S, V, N>(simd, &place, weight, from..from + count);
                from += count;
            }
        }
        N
    }

    /// What some of the inputs add to the sums of a panel, for every row.
    #[inline(always)]
    unsafe fn run_inputs<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        place: &Place<T, N>,
        weight: Panel<T, N>,
        inputs: Range<usize>,
    ) {
        let call = (place, weight, inputs);
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { is_widest::<S, T, V>() && V::COUNT > 1 && N <= S::REGISTERS / 8 }
                && place.parts == 1
            {
                while row + 6 <= self.rows && self.rows - row != 8 {
                    self.run_block::<S, V, 6, N>(simd, row, &call);
                    row += 6;
                }
            }
            if const { V::COUNT > 1 && N == 1 } && place.parts > 1 {
                while row + 8 <= self.rows {
                    self.run_block::<S, V, 8, N>(simd, row, &call);
                    row += 8;
                }
            }
            if const { V::COUNT > 1 && N <= S::REGISTERS / 8 } {
                while row + 4 <= self.rows {
                    self.run_block::<S, V, 4, N>(simd, row, &call);
                    row += 4;
                }
            }
            if const { V::COUNT > 1 && N <= 2 } {
                while row + 2 <= self.rows {
                    self.run_block::<S, V, 2, N>(simd, row, &call);
                    row += 2;
                }
            }
            while row < self.rows {
                self.run_block::<S, V, 1, N>(simd, row, &call);
                row += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize,
        (place, weight, inputs): &(&Place<T, N>, Panel<T, N>, Range<usize>),
    ) {
        // SAFETY: rows `row` to `row + M` are below their number, so that each has its inputs and outputs;
        // the weight has a row of outputs for each input; offsets leave room for a vector.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let x: [*const T; M] = list(|m| at!(x, m).add(inputs.start));
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs + place.first));
            let sums = if inputs.start == 0 {
                [self.start_sums::<S, V, N>(simd, place.first, place.offsets); M]
            } else {
                list(|m| list(|n| V::load(simd, at!(y, m).add(at!(place.offsets, n)))))
            };
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let vectors = |k: usize| weight.matrix.load::<S, V, N>(simd, k, weight.offsets);
            let sums = multiply_parts(simd, place.parts, inputs.len(), factors, vectors, sums);
            store_sums(y, place.offsets, sums);
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
        first: usize,
        offsets: Offsets<N>,
    ) -> [V; N] {
        list(|n| match self.bias {
            // SAFETY: the bias has a scalar for each output.
            Some(bias) => unsafe { V::load(simd, bias.add(first + at!(offsets, n))) },
            None => V::splat(simd, T::ZERO),
        })
    }
}
