//! y = x W + b

use core::ops::Range;

use super::block::{Matrix, Panel, at, list, multiply, multiply_parts, place_vectors, store_sums};
use super::dot::multiply_rows;
use super::order::{count_parts, sums_lanes};
use super::pack::{Buffer, PACKED, divide_evenly, keep_row};
use super::rows::{Row, Rows};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest};

/// Rows from which on it pays to copy the weights of a panel.
const PACKS: usize = 12;

/// Some vectors of a row of outputs.
struct Place<T, const N: usize> {
    /// The first output.
    first: usize,
    /// Their weights.
    weight: Panel<T, N>,
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

    /// Computes it for a single row, where it is called: the sizes are constants there, and most of this is left out.
    ///
    /// # Safety
    ///
    /// As [`Forward::run`]; there is a row, and several outputs.
    #[inline(always)]
    pub unsafe fn run_sample<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; vectors are no longer than a row, and below their number.
        unsafe {
            if const { V::COUNT > 1 } && V::COUNT > self.outputs {
                return self.run_sample::<S, V::Half>(simd);
            }
            let vectors = self.outputs.div_ceil(V::COUNT);
            // As many sums as hide the latency of an addition, whether they are those of outputs or of parts.
            let in_parts = count_parts(self.inputs, self.outputs) > 1;
            let mut first = 0;
            while first < vectors {
                let left = vectors - first;
                first += if !in_parts && self.outputs / V::COUNT - first >= 8 {
                    self.run_row::<S, V, 8>(simd, first)
                } else if !in_parts && self.outputs / V::COUNT - first >= 4 {
                    self.run_row::<S, V, 4>(simd, first)
                } else if left >= 2 {
                    self.run_row::<S, V, 2>(simd, first)
                } else {
                    self.run_row::<S, V, 1>(simd, first)
                };
            }
        }
    }

    /// `N` vectors of the first row's outputs; returns `N`.
    #[inline(always)]
    unsafe fn run_row<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let place = self.place::<S, V, N>(first);
        // SAFETY: the caller's.
        unsafe { self.run_block_apart::<S, V, 1, N>(simd, 0, &place) };
        N
    }

    /// A single output: a product of two rows.
    #[inline(always)]
    pub(super) unsafe fn run_dots<S: Vectors<T>>(&self, simd: S) {
        let table = self.x.table();
        // SAFETY: rows below their number, each with its inputs and its output.
        unsafe {
            let row = |row: usize| table.start(row);
            let put = |row: usize, sum: T| {
                *self.y.add(row) = match self.bias {
                    Some(bias) => *bias + sum,
                    None => sum,
                };
            };
            multiply_rows(simd, self.inputs, self.weight, self.rows, row, put);
        }
    }

    /// With vectors of this width, or of the next that a row of outputs holds.
    #[inline(always)]
    unsafe fn run_columns<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; vectors are no longer than a row.
        unsafe {
            if const { V::COUNT > 1 } && V::COUNT > self.outputs {
                self.run_columns::<S, V::Half>(simd);
            } else if const { is_widest::<S, T, V>() }
                && count_parts(self.inputs, self.outputs) == 1
            {
                self.run_wide::<S, V>(simd);
            } else {
                self.run_apart::<S, V>(simd);
            }
        }
    }

    /// Sums from the first input to the last: as many at a time as the registers hold.
    #[inline(always)]
    unsafe fn run_wide<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        let vectors = self.outputs.div_ceil(V::COUNT);
        let mut first = 0;
        // SAFETY: the caller's; vectors below their number.
        unsafe {
            while first < vectors {
                let (whole, left) = (self.outputs / V::COUNT - first, vectors - first);
                first += if whole >= 8 && (self.rows == 1 || const { V::COUNT == 1 }) {
                    self.run_panel::<S, V, 1, 8>(simd, first)
                } else if const { S::REGISTERS >= 32 && V::COUNT > 1 } && whole >= 4 {
                    self.run_panel::<S, V, 6, 4>(simd, first)
                } else if const { V::COUNT > 1 } && left >= 2 {
                    self.run_panel::<S, V, 6, 2>(simd, first)
                } else if const { V::COUNT > 1 } {
                    self.run_panel::<S, V, 6, 1>(simd, first)
                } else {
                    self.run_panel::<S, V, 1, 1>(simd, first)
                };
            }
        }
    }

    /// Sums in parts.
    #[inline(always)]
    unsafe fn run_apart<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        let vectors = self.outputs.div_ceil(V::COUNT);
        let mut first = 0;
        // SAFETY: the caller's; vectors below their number.
        unsafe {
            while first < vectors {
                let (whole, left) = (self.outputs / V::COUNT - first, vectors - first);
                first += if const { V::COUNT == 1 } {
                    if whole >= 8 {
                        self.run_panel_apart::<S, V, 1, 8>(simd, first)
                    } else {
                        self.run_panel_apart::<S, V, 1, 1>(simd, first)
                    }
                } else if const { is_widest::<S, T, V>() } && whole >= 4 && self.rows == 1 {
                    self.run_panel_apart::<S, V, 1, 4>(simd, first)
                } else if left >= 2 {
                    self.run_panel_apart::<S, V, 4, 2>(simd, first)
                } else {
                    self.run_panel_apart::<S, V, 4, 1>(simd, first)
                };
            }
        }
    }

    /// Where `N` vectors of a row stand, from vector `first` on.
    #[inline(always)]
    fn place<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(&self, first: usize) -> Place<T, N> {
        // Known distances need no registers.
        let (first, offsets) = if const { N > 2 } {
            (first * V::COUNT, list(|n| n * V::COUNT))
        } else {
            (0, place_vectors::<S, T, V, N>(first, self.outputs))
        };
        let matrix = Matrix { start: self.weight.wrapping_add(first), stride: self.outputs };
        Place { first, weight: Panel { matrix, offsets } }
    }

    /// `N` vectors of every row's outputs, `M` rows at a time; returns `N`.
    #[inline(always)]
    unsafe fn run_panel<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let place = self.place::<S, V, N>(first);
        let packs = self.rows >= PACKS && const { V::COUNT > 1 };
        let mut buffer = Buffer::<T>::new();
        let packed = buffer.panel::<S, V, N>();
        let mut from = 0;
        // SAFETY: the caller's; rows and inputs below their numbers, no more inputs at a time than fit the buffer.
        unsafe {
            let height = if packs {
                divide_evenly(self.inputs, PACKED / (N * V::COUNT))
            } else {
                self.inputs.max(1)
            };
            while from < self.inputs.max(1) {
                let count = height.min(self.inputs - from);
                let inputs = from..from + count;
                let mut weight = place.weight.skip(from);
                let mut row = 0;
                if packs {
                    let vectors = |k: usize| keep_row::<S, T, V, N>(simd, &weight, &packed, k);
                    self.run_block::<S, V, M, N>(simd, row, &place, inputs.clone(), vectors);
                    weight = packed;
                    row += M;
                }
                let vectors = |k: usize| weight.load::<S, V>(simd, k);
                if const { M > 1 } {
                    while row + M <= self.rows && (M != 6 || self.rows - row != 8) {
                        self.run_block::<S, V, M, N>(simd, row, &place, inputs.clone(), vectors);
                        row += M;
                    }
                }
                if const { M > 4 && N == 2 } {
                    while row + 4 <= self.rows {
                        self.run_block::<S, V, 4, N>(simd, row, &place, inputs.clone(), vectors);
                        row += 4;
                    }
                }
                if const { M > 2 } {
                    while row + 2 <= self.rows {
                        self.run_block::<S, V, 2, N>(simd, row, &place, inputs.clone(), vectors);
                        row += 2;
                    }
                }
                while row < self.rows {
                    self.run_block::<S, V, 1, N>(simd, row, &place, inputs.clone(), vectors);
                    row += 1;
                }
                from += height;
            }
        }
        N
    }

    /// The same in parts.
    #[inline(always)]
    unsafe fn run_panel_apart<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        first: usize,
    ) -> usize {
        let place = self.place::<S, V, N>(first);
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { M > 1 } {
                while row + M <= self.rows {
                    self.run_block_apart::<S, V, M, N>(simd, row, &place);
                    row += M;
                }
            }
            while row < self.rows {
                self.run_block_apart::<S, V, 1, N>(simd, row, &place);
                row += 1;
            }
        }
        N
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize,
        place: &Place<T, N>,
        inputs: Range<usize>,
        vectors: impl Fn(usize) -> [V; N],
    ) {
        // SAFETY: rows `row` to `row + M` are below their number, so that each has its inputs and outputs;
        // the weight has a row of outputs for each input; offsets leave room for a vector.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let x: [*const T; M] = list(|m| at!(x, m).add(inputs.start));
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs + place.first));
            let sums = if inputs.start == 0 {
                [self.start_sums::<S, V, N>(simd, place); M]
            } else {
                list(|m| list(|n| V::load(simd, at!(y, m).add(at!(place.weight.offsets, n)))))
            };
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let sums = multiply(simd, inputs.len(), factors, vectors, sums);
            store_sums(y, place.weight.offsets, sums);
        }
    }

    #[inline(always)]
    unsafe fn run_block_apart<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize,
        place: &Place<T, N>,
    ) {
        // SAFETY: as in `run_block`.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs + place.first));
            let sums = [self.start_sums::<S, V, N>(simd, place); M];
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let vectors = |k: usize| place.weight.load::<S, V>(simd, k);
            let parts = count_parts(self.inputs, self.outputs);
            let sums = multiply_parts(simd, parts, self.inputs, factors, vectors, sums);
            store_sums(y, place.weight.offsets, sums);
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
        place: &Place<T, N>,
    ) -> [V; N] {
        list(|n| match self.bias {
            // SAFETY: the bias has a scalar for each output.
            Some(bias) => unsafe {
                V::load(simd, bias.add(place.first + at!(place.weight.offsets, n)))
            },
            None => V::splat(simd, T::ZERO),
        })
    }
}
