//! dJ/dx = delta Wᵀ

use core::marker::PhantomData;

use super::block::{Matrix, Offsets, Panel, at, list, multiply, store_sums};
use super::dot::{First, multiply_rows};
use super::order::sums_lanes;
use super::pack::{Buffer, PACKED};
use super::transpose::transpose;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, is_widest, keep_scalars};

/// The product that hands a layer's delta to the layer before.
#[derive(Clone, Copy, Debug)]
pub struct InputGradient<'a, T> {
    adds: bool,
    delta: *const T,
    weight: *const T,
    dx: *mut T,
    rows: usize,
    inputs: usize,
    outputs: usize,
    lifetime: PhantomData<&'a mut T>,
}

impl<'a, T: Scalar> InputGradient<'a, T> {
    /// From borrowed arrays. Rows without a partner are ignored; `adds` says whether the sums begin with
    /// what stands in `dx`.
    #[inline(always)]
    pub fn new<const I: usize, const O: usize>(
        adds: bool,
        delta: &'a [[T; O]],
        weight: &'a [[T; O]; I],
        dx: &'a mut [[T; I]],
    ) -> Self {
        Self {
            adds,
            delta: delta.as_ptr().cast(),
            weight: weight.as_ptr().cast(),
            rows: delta.len().min(dx.len()),
            dx: dx.as_mut_ptr().cast(),
            inputs: I,
            outputs: O,
            lifetime: PhantomData,
        }
    }

    /// Computes it.
    ///
    /// # Safety
    ///
    /// The call was made by [`InputGradient::new`], and what it borrowed is still borrowed.
    #[inline(always)]
    pub unsafe fn run<S: Vectors<T>>(&self, simd: S) {
        // SAFETY: the caller's.
        unsafe {
            if self.rows == 1 && sums_lanes(self.outputs) {
                self.sum_lanes(simd);
            } else if const { <S::Wide as Lanes<S, T>>::COUNT == 1 } || self.rows == 1 {
                self.sum_each(simd);
            } else {
                self.transpose_and_run(simd);
            }
        }
    }

    /// One sum at a time: for targets without vectors, and for one sample through few outputs, where transposing
    /// weights takes as many steps as multiplying them.
    #[inline(always)]
    unsafe fn sum_each<S: Vectors<T>>(&self, simd: S) {
        // SAFETY: rows, inputs and outputs below their numbers.
        unsafe {
            for row in 0..self.rows {
                let delta = self.delta.add(row * self.outputs);
                let dx = self.dx.add(row * self.inputs);
                for input in 0..self.inputs {
                    let weight = keep_scalars::<S, T>(self.weight.add(input * self.outputs));
                    let start = if self.adds { *dx.add(input) } else { T::ZERO };
                    let mut sum = First::<S, T>::splat(simd, start);
                    for output in 0..self.outputs {
                        let delta = First::<S, T>::splat(simd, *delta.add(output));
                        let weight = First::<S, T>::splat(simd, *weight.add(output));
                        sum = delta.mul_add(weight, sum);
                    }
                    *dx.add(input) = sum.sum();
                }
            }
        }
    }

    /// One sample through many outputs: both rows are read as they stand, several sums side by side.
    #[inline(always)]
    unsafe fn sum_lanes<S: Vectors<T>>(&self, simd: S) {
        // SAFETY: inputs below their number, each with its outputs.
        unsafe {
            let weight = |input: usize| self.weight.add(input * self.outputs);
            let put = |input: usize, sum: T| {
                let place = self.dx.add(input);
                *place = if self.adds { *place + sum } else { sum };
            };
            multiply_rows(simd, self.outputs, self.delta, self.inputs, weight, put);
        }
    }

    /// Part by part of the weight: transposes it, and adds its products to the sums.
    #[inline(always)]
    unsafe fn transpose_and_run<S: Vectors<T>>(&self, simd: S) {
        let mut buffer = Buffer::<T>::new();
        let packed = buffer.start();
        let width = 4 * <S::Wide as Lanes<S, T>>::COUNT;
        let height = PACKED / width;
        let mut input = 0;
        while input < self.inputs {
            let inputs = width.min(self.inputs - input);
            let mut output = 0;
            while output < self.outputs {
                let outputs = height.min(self.outputs - output);
                // SAFETY: inputs and outputs below their numbers, width * height scalars in the buffer, of
                // which those that are read have been written.
                unsafe {
                    let start = self.weight.add(input * self.outputs + output);
                    let weight = Matrix { start, stride: self.outputs };
                    transpose(simd, weight, (inputs, outputs), packed);
                    let transposed = Matrix { start: packed.cast_const(), stride: inputs };
                    let (inputs, outputs) = (input..input + inputs, output..output + outputs);
                    self.run_columns::<S, S::Wide>(simd, transposed, inputs, outputs);
                }
                output += outputs;
            }
            input += inputs;
        }
    }

    /// Adds the products with a transposed part of the weight to the sums of its inputs.
    #[inline(always)]
    unsafe fn run_columns<S: Vectors<T>, V: Lanes<S, T>>(
        &self,
        simd: S,
        matrix: Matrix<T>,
        inputs: core::ops::Range<usize>,
        outputs: core::ops::Range<usize>,
    ) {
        let mut column = 0;
        let columns = inputs.len();
        // SAFETY: the caller's; columns of the part only.
        unsafe {
            while column < columns {
                let rest = columns - column;
                let (vectors, ragged) = (rest / V::COUNT, !rest.is_multiple_of(V::COUNT));
                let part = Matrix { start: matrix.start.add(column), ..matrix };
                let at = (inputs.start + column, outputs.clone());
                if const { is_widest::<S, T, V>() && S::REGISTERS >= 32 } && vectors >= 4 {
                    self.run_rows::<S, V, 4>(simd, part, list(|n| n * V::COUNT), at);
                    column += 4 * V::COUNT;
                } else if const { V::COUNT > 1 } && vectors == 1 && ragged {
                    // Two vectors that share inputs, rather than narrower ones for what is left.
                    self.run_rows::<S, V, 2>(simd, part, [0, rest - V::COUNT], at);
                    column = columns;
                } else if const { is_widest::<S, T, V>() }
                    && vectors >= 2
                    && !(vectors == 2 && ragged)
                {
                    self.run_rows::<S, V, 2>(simd, part, list(|n| n * V::COUNT), at);
                    column += 2 * V::COUNT;
                } else if vectors >= 1 {
                    self.run_rows::<S, V, 1>(simd, part, [0], at);
                    column += V::COUNT;
                } else {
                    let rest = inputs.start + column..inputs.end;
                    return self.run_columns::<S, V::Half>(simd, part, rest, outputs);
                }
            }
        }
    }

    /// `N` vectors of every row's sums.
    #[inline(always)]
    unsafe fn run_rows<S: Vectors<T>, V: Lanes<S, T>, const N: usize>(
        &self,
        simd: S,
        matrix: Matrix<T>,
        offsets: Offsets<N>,
        (input, outputs): (usize, core::ops::Range<usize>),
    ) {
        let panel = Panel { matrix, offsets };
        let mut row = 0;
        // SAFETY: the caller's; rows below their number.
        unsafe {
            if const { is_widest::<S, T, V>() } {
                while row + 6 <= self.rows && self.rows - row != 8 {
                    self.run_block::<S, V, 6, N>(simd, panel, row, (input, outputs.clone()));
                    row += 6;
                }
                while row + 4 <= self.rows {
                    self.run_block::<S, V, 4, N>(simd, panel, row, (input, outputs.clone()));
                    row += 4;
                }
            }
            while row + 2 <= self.rows {
                self.run_block::<S, V, 2, N>(simd, panel, row, (input, outputs.clone()));
                row += 2;
            }
            if row < self.rows {
                self.run_block::<S, V, 1, N>(simd, panel, row, (input, outputs));
            }
        }
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        panel: Panel<T, N>,
        row: usize,
        (input, outputs): (usize, core::ops::Range<usize>),
    ) {
        let offsets = panel.offsets;
        let continues = self.adds || outputs.start > 0;
        // SAFETY: rows `row` to `row + M`, `N` vectors of inputs from `input` on and the outputs are below
        // their numbers.
        unsafe {
            let delta: [*const T; M] =
                list(|m| self.delta.add((row + m) * self.outputs + outputs.start));
            let dx: [*mut T; M] = list(|m| self.dx.add((row + m) * self.inputs + input));
            let mut sums = [[V::splat(simd, T::ZERO); N]; M];
            if continues {
                sums = list(|m| list(|n| V::load(simd, at!(dx, m).add(at!(offsets, n)))));
            }
            let factors = |k: usize| list(|m| *at!(delta, m).add(k));
            let vectors = |k: usize| panel.load::<S, V>(simd, k);
            let sums = multiply(simd, outputs.len(), factors, vectors, sums);
            store_sums(dx, offsets, sums);
        }
    }
}
