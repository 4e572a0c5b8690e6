//! y = x W + b

use super::block::{Matrix, Offsets, at, list, multiply_parts, place_vectors, store_sums};
use super::dot::dots;
use super::order::{count_parts, sums_lanes};
use super::rows::{Row, Rows};
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest};

/// Some vectors of a row of outputs, and in how many parts their sums are computed.
#[derive(Clone, Copy)]
struct Panel<const N: usize> {
    first: usize,
    offsets: Offsets<N>,
    parts: usize,
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
        let place = if const { N > 2 } {
            // Known distances need no registers.
            Panel { first: first * V::COUNT, offsets: list(|n| n * V::COUNT), parts }
        } else {
            Panel { first: 0, offsets: place_vectors::<S, T, V, N>(first, self.outputs), parts }
        };
        let mut row = 0;
        // SAFETY: the caller's; rows below their number, and offsets leave room for a vector in a row.
        unsafe {
            if const { is_widest::<S, T, V>() && V::COUNT > 1 && N <= S::REGISTERS / 8 }
                && parts == 1
            {
                while row + 6 <= self.rows && self.rows - row != 8 {
                    self.run_block::<S, V, 6, N>(simd, row, place);
                    row += 6;
                }
            }
            if const { V::COUNT > 1 && N == 1 } && parts > 1 {
                while row + 8 <= self.rows {
                    self.run_block::<S, V, 8, N>(simd, row, place);
                    row += 8;
                }
            }
            if const { V::COUNT > 1 && N <= S::REGISTERS / 8 } {
                while row + 4 <= self.rows {
                    self.run_block::<S, V, 4, N>(simd, row, place);
                    row += 4;
                }
            }
            if const { V::COUNT > 1 && N <= 2 } {
                while row + 2 <= self.rows {
                    self.run_block::<S, V, 2, N>(simd, row, place);
                    row += 2;
                }
            }
            while row < self.rows {
                self.run_block::<S, V, 1, N>(simd, row, place);
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
        Panel { first, offsets, parts }: Panel<N>,
    ) {
        // SAFETY: rows `row` to `row + M` are below their number, so that each has its inputs and outputs;
        // the weight has a row of outputs for each input; offsets leave room for a vector.
        unsafe {
            let x = self.inputs_of::<M>(row);
            let y: [*mut T; M] = list(|m| self.y.add((row + m) * self.outputs + first));
            let weight = Matrix { start: self.weight.add(first), stride: self.outputs };
            let sums = [self.start_sums::<S, V, N>(simd, first, offsets); M];
            let factors = |k: usize| list(|m| *at!(x, m).add(k));
            let vectors = |k: usize| weight.load::<S, V, N>(simd, k, offsets);
            let sums = multiply_parts(simd, parts, self.inputs, factors, vectors, sums);
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
