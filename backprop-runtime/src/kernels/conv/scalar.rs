//! Sums over windows on a machine without vectors, such as a microcontroller: four outputs at four places of a row.
//!
//! As in `dense/scalar`, sums are written out, so that they stay in registers whatever the compiler optimises for. Each
//! number that is read goes into four products. The order of every sum is the one of all other instruction sets.

use super::correlate::{Correlate, Taps};
use super::outputs::{Outputs, Sums, read_lanes};
use super::products::Products;
use crate::kernels::dense::scalar::{Written, add_up};
use crate::kernels::lanes::count_lanes;
use crate::scalar::Scalar;

impl<T: Scalar> Correlate<T> {
    /// Computes it.
    ///
    /// # Safety
    ///
    /// All that the fields describe can be read and written.
    #[inline(always)]
    pub(super) unsafe fn run_scalars(&self) {
        let product = self.join_rows().join_planes();
        let mut output = 0;
        // SAFETY: the caller's; outputs below their number.
        unsafe {
            while output + 4 <= product.outputs {
                product.sum_outputs::<4>(output);
                output += 4;
            }
            while output < product.outputs {
                product.sum_outputs::<1>(output);
                output += 1;
            }
        }
    }

    /// Rows that follow one another in memory, both where they are read and where they go, are one.
    fn join_rows(self) -> Self {
        let (read, written) = (self.from_steps, self.to_steps);
        if read.row == self.columns && written.row == self.columns && written.column == 1 {
            Self { columns: self.rows * self.columns, rows: 1, ..self }
        } else {
            self
        }
    }

    /// Windows of one element leave a loop over planes alone: let it be the innermost.
    fn join_planes(self) -> Self {
        let (down, across) = (self.rows_of_window, self.columns_of_window);
        if down.count != 1 || across.count != 1 {
            return self;
        }
        let mut weight_steps = self.weight_steps;
        weight_steps.column = weight_steps.plane;
        let step = self.from_steps.plane as isize;
        let columns_of_window = Taps::evenly(self.planes, across.start, step);
        Self { planes: 1, columns_of_window, weight_steps, ..self }
    }

    /// All places of `M` outputs, four at a time.
    #[inline(never)]
    unsafe fn sum_outputs<const M: usize>(&self, output: usize)
    where
        [(); M]: Outputs,
    {
        // SAFETY: the caller's; rows and columns below their numbers.
        unsafe {
            for row in 0..self.rows {
                let mut column = 0;
                while column + 4 <= self.columns {
                    self.sum_places::<M, 4>(output, row, column);
                    column += 4;
                }
                while column < self.columns {
                    self.sum_places::<M, 1>(output, row, column);
                    column += 1;
                }
            }
        }
    }

    /// `N` places of `M` outputs.
    #[inline(always)]
    unsafe fn sum_places<const M: usize, const N: usize>(
        &self,
        output: usize,
        row: usize,
        column: usize,
    ) where
        [(); M]: Outputs,
        [T; N]: Written<T>,
    {
        let from = self.from.wrapping_add(row * self.from_steps.row + column);
        let weight = self.weight.wrapping_add(output * self.weight_output);
        let (down, across) = (self.rows_of_window, self.columns_of_window);
        // SAFETY: the caller's: outputs, planes and elements of the window below their numbers, and `N` places from the
        // first one on.
        unsafe {
            let mut sums = <[(); M]>::begin(|m| match self.bias {
                Some(bias) => [*bias.add(output + m); N],
                None => [T::ZERO; N],
            });
            for plane in 0..self.planes {
                let mut from = from
                    .wrapping_add(plane * self.from_steps.plane)
                    .wrapping_offset(down.start + across.start);
                let mut weight = weight.wrapping_add(plane * self.weight_steps.plane);
                for _ in 0..down.count {
                    sums = self.sum_row::<M, N>(sums, from, weight);
                    from = from.wrapping_offset(down.step);
                    weight = weight.wrapping_add(self.weight_steps.row);
                }
            }
            let Self { to, to_steps, adds, .. } = *self;
            let to = to.wrapping_add(row * to_steps.row + column * to_steps.column);
            <[(); M]>::visit(sums, |m, sums| {
                let mut to = to.wrapping_add((output + m) * to_steps.plane);
                for sum in sums {
                    *to = if adds { *to + sum } else { sum };
                    to = to.wrapping_add(to_steps.column);
                }
            });
        }
    }

    /// The products of a row of the window. As in `dense/scalar`, its elements are told apart by their addresses, so that
    /// the compiler does not know how many there are.
    #[inline(always)]
    unsafe fn sum_row<const M: usize, const N: usize>(
        &self,
        mut sums: Sums<M, [T; N]>,
        mut from: *const T,
        mut weight: *const T,
    ) -> Sums<M, [T; N]>
    where
        [(); M]: Outputs,
        [T; N]: Written<T>,
    {
        let (across, next) = (self.columns_of_window, self.weight_steps.column);
        let end = weight.wrapping_add(across.count * next);
        // SAFETY: the caller's: elements up to the last one.
        let add = |sums, from: *const T, weight| unsafe {
            <[(); M]>::add_products(sums, weight, self.weight_output, *from.cast())
        };
        if across.phases > 1 {
            let mut phase = 0;
            while weight < end {
                sums = add(sums, from, weight);
                (from, weight) = (from.wrapping_offset(across.step), weight.wrapping_add(next));
                phase += across.phase_step;
                if phase >= across.phases {
                    phase -= across.phases;
                    from = from.wrapping_offset(across.wrap);
                }
            }
            return sums;
        }
        if const { M == 1 } && across.step == 1 {
            // Of three elements side by side, what one reads the next has read but for a scalar.
            while weight.wrapping_add(2 * next) < end {
                sums = add(sums, from, weight);
                sums = add(sums, from.wrapping_add(1), weight.wrapping_add(next));
                sums = add(sums, from.wrapping_add(2), weight.wrapping_add(2 * next));
                (from, weight) = (from.wrapping_add(3), weight.wrapping_add(3 * next));
            }
        }
        while weight < end {
            sums = add(sums, from, weight);
            (from, weight) = (from.wrapping_offset(across.step), weight.wrapping_add(next));
        }
        sums
    }
}

impl<T: Scalar> Products<T> {
    /// Computes it.
    ///
    /// # Safety
    ///
    /// All that the fields describe can be read and written.
    #[inline(always)]
    pub(super) unsafe fn run_scalars(&self) {
        for tap in 0..self.taps {
            let from = self.find_tap(self.first + tap);
            let to = self.gradient.wrapping_add(tap * self.stride);
            let mut filter = 0;
            // SAFETY: the caller's; filters below their number.
            unsafe {
                while filter + 2 <= self.filters {
                    self.run_filters::<2>(from, filter, to);
                    filter += 2;
                }
                if filter < self.filters {
                    self.run_filters::<1>(from, filter, to);
                }
            }
        }
    }

    /// A tap of `M` filters: eight lanes of each, or four where a scalar is twice as long.
    #[inline(never)]
    unsafe fn run_filters<const M: usize>(&self, from: *const T, filter: usize, to: *mut T)
    where
        [(); M]: Outputs,
    {
        let lanes = count_lanes::<T>();
        let (mut from, mut delta) = (from, self.delta.wrapping_add(filter * self.delta_plane));
        let mut sums = <[(); M]>::begin(|_| [T::ZERO; 8]);
        // SAFETY: the caller's; rows and columns below their numbers.
        unsafe {
            for _ in 0..self.rows {
                let mut column = 0;
                while column < self.columns {
                    let (from, delta) = (from.wrapping_add(column), delta.wrapping_add(column));
                    sums = <[(); M]>::add_lanes(sums, delta, self.delta_plane, read_lanes(from));
                    column += lanes;
                }
                from = from.wrapping_add(self.from_row);
                delta = delta.wrapping_add(self.delta_row);
            }
            <[(); M]>::visit(sums, |m, sums| {
                let place = to.wrapping_add(filter + m);
                let sum = add_up(sums);
                *place = if self.adds { *place + sum } else { sum };
            });
        }
    }
}
