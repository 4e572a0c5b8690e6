//! Sums of products with a window that moves over planes: the forward pass, and dJ/dx.

use crate::kernels::dense::block::{LONGEST, at, at_mut, list};
use crate::kernels::dense::scalar::is_scalar;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors, keep_apart, keep_scalars};

/// The elements of a window along one axis: where each stands before or behind the first one's place.
#[derive(Clone, Copy, Debug)]
pub struct Taps {
    /// How many there are.
    pub count: usize,
    /// Where the first one stands.
    pub start: isize,
    /// From one to the next, within a phase or to a later one.
    pub step: isize,
    /// How many phases later the next one is.
    pub phase_step: usize,
    /// Phases of a row.
    pub phases: usize,
    /// What is added where the phases begin again.
    pub wrap: isize,
}

impl Taps {
    /// Elements at equal distances.
    #[inline(always)]
    pub const fn evenly(count: usize, start: isize, step: isize) -> Self {
        Self { count, start, step, phase_step: 0, phases: 1, wrap: 0 }
    }
}

/// Rows and columns of planes, by their distances.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// From one plane to the next.
    pub plane: usize,
    /// From one row to the next.
    pub row: usize,
    /// From one column to the next.
    pub column: usize,
}

/// `out[o][r][c] = start[o] + Σ_p Σ_a Σ_b weight[o][p][a][b] from[p][r + a][c + b]`, with a and b as `Taps` say,
/// from the first plane, row and column to the last.
#[derive(Clone, Copy, Debug)]
pub struct Correlate<T> {
    /// The first scalar that is read.
    pub from: *const T,
    /// Its planes and rows; its columns are adjacent.
    pub from_steps: Steps,
    /// Planes to read.
    pub planes: usize,
    /// The window, downwards.
    pub rows_of_window: Taps,
    /// The window, across.
    pub columns_of_window: Taps,
    /// The weight of the first element of the window.
    pub weight: *const T,
    /// To that of the next plane, and of the next row and column of the window.
    pub weight_steps: Steps,
    /// To that of the next output.
    pub weight_output: usize,
    /// What each output's sums begin with.
    pub bias: Option<*const T>,
    /// The first scalar that is written.
    pub to: *mut T,
    /// A plane for each output, and its rows and columns.
    pub to_steps: Steps,
    /// Planes to write.
    pub outputs: usize,
    /// Rows of each.
    pub rows: usize,
    /// Columns of each row.
    pub columns: usize,
    /// Whether what stands there is kept.
    pub adds: bool,
}

/// A vector of outputs in a row.
#[derive(Clone, Copy, Debug)]
struct Slot {
    row: usize,
    column: usize,
    /// Lanes that the vector before it has computed already.
    shared: usize,
}

impl<T: Scalar> Correlate<T> {
    /// Computes it.
    ///
    /// # Safety
    ///
    /// All that the fields describe can be read and written.
    #[inline(always)]
    pub unsafe fn run<S: Vectors<T>>(&self, simd: S) {
        if self.rows == 0 || self.columns == 0 {
            return;
        }
        // SAFETY: the caller's.
        unsafe {
            if const { is_scalar::<S, T>() } {
                self.run_scalars();
            } else {
                self.run_vectors::<S, S::Wide>(simd);
            }
        }
    }

    /// With vectors of this width, or of the next that a row of outputs holds.
    #[inline(always)]
    unsafe fn run_vectors<S: Vectors<T>, V: Lanes<S, T>>(&self, simd: S) {
        // SAFETY: the caller's; vectors are no longer than a row, outputs and slots below their numbers.
        unsafe {
            if const { V::COUNT > 1 } && V::COUNT > self.columns {
                return self.run_vectors::<S, V::Half>(simd);
            }
            let slots = self.rows * self.columns.div_ceil(V::COUNT);
            let mut output = 0;
            if const { V::COUNT > 1 } {
                while output + 6 <= self.outputs && self.outputs - output != 8 {
                    self.run_outputs::<S, V, 6, 2>(simd, output, slots);
                    output += 6;
                }
            }
            while output + 4 <= self.outputs {
                self.run_outputs::<S, V, 4, 2>(simd, output, slots);
                output += 4;
            }
            while output < self.outputs {
                self.run_outputs::<S, V, 1, 6>(simd, output, slots);
                output += 1;
            }
        }
    }

    /// All slots of `M` outputs, `N` at a time; four in place of two where there are registers for it.
    #[inline(always)]
    unsafe fn run_outputs<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        output: usize,
        slots: usize,
    ) {
        let mut slot = 0;
        // SAFETY: the caller's; slots below their number.
        unsafe {
            if const { N == 2 && V::COUNT > 1 && S::REGISTERS >= 32 } {
                while slot + 4 <= slots {
                    self.run_block::<S, V, M, 4>(simd, output, slot);
                    slot += 4;
                }
            }
            while slot + N <= slots {
                self.run_block::<S, V, M, N>(simd, output, slot);
                slot += N;
            }
            while slot < slots {
                self.run_block::<S, V, M, 1>(simd, output, slot);
                slot += 1;
            }
        }
    }

    /// Where a slot is. The last of a row ends where the row does.
    #[inline(always)]
    fn find_slot<S: Vectors<T>, V: Lanes<S, T>>(&self, slot: usize) -> Slot {
        let in_row = self.columns.div_ceil(V::COUNT).max(1);
        let (row, first) = (slot / in_row, slot % in_row * V::COUNT);
        let column = first.min(self.columns - V::COUNT);
        Slot { row, column, shared: first - column }
    }

    #[inline(always)]
    unsafe fn run_block<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        output: usize,
        first: usize,
    ) {
        let slots: [Slot; N] = list(|n| self.find_slot::<S, V>(first + n));
        let from: [*const T; N] = list(|n| {
            // SAFETY: n is below N.
            let slot = unsafe { at!(slots, n) };
            self.from.wrapping_add(slot.row * self.from_steps.row + slot.column)
        });
        let weight: [*const T; M] = list(|m| {
            keep_scalars::<S, T>(self.weight.wrapping_add((output + m) * self.weight_output))
        });
        // SAFETY: outputs, planes and elements of the window below their numbers, and a vector from each slot on.
        unsafe {
            let mut sums: [[V; N]; M] = list(|m| match self.bias {
                Some(bias) => [V::splat(simd, *bias.add(output + m)); N],
                None => [V::splat(simd, T::ZERO); N],
            });
            let (down, across) = (self.rows_of_window, self.columns_of_window);
            for plane in 0..self.planes {
                for row in 0..down.count {
                    let mut place = (plane * self.from_steps.plane) as isize
                        + down.start
                        + row as isize * down.step
                        + across.start;
                    let mut factor = plane * self.weight_steps.plane + row * self.weight_steps.row;
                    // On its own, since what the phases need would push sums out of 16 registers.
                    if across.phases == 1 {
                        for _ in 0..across.count {
                            sums = self.add_products::<S, V, M, N>(
                                simd, &from, place, &weight, factor, sums,
                            );
                            factor += self.weight_steps.column;
                            place += across.step;
                        }
                        continue;
                    }
                    let mut phase = 0;
                    for _ in 0..across.count {
                        sums = self
                            .add_products::<S, V, M, N>(simd, &from, place, &weight, factor, sums);
                        factor += self.weight_steps.column;
                        place += across.step;
                        phase += across.phase_step;
                        if phase >= across.phases {
                            phase -= across.phases;
                            place += across.wrap;
                        }
                    }
                }
            }
            self.store_sums(simd, output, slots, sums);
        }
    }

    /// Adds what an element of the window contributes. Each weight is read when it is needed: `multiply_one` has all of
    /// them before the first product, which is more than 16 registers hold (1.4 times as long, LeNet-5, AVX2).
    #[inline(always)]
    unsafe fn add_products<S: Vectors<T>, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        from: &[*const T; N],
        place: isize,
        weight: &[*const T; M],
        factor: usize,
        mut sums: [[V; N]; M],
    ) -> [[V; N]; M] {
        // SAFETY: the caller's.
        unsafe {
            let vectors: [V; N] = list(|n| V::load(simd, at!(from, n).wrapping_offset(place)));
            for m in 0..M {
                let weight = V::splat(simd, *at!(weight, m).wrapping_add(factor));
                for n in 0..N {
                    let sum = &mut at_mut!(at_mut!(sums, m), n);
                    *sum = weight.mul_add(at!(vectors, n), *sum);
                }
            }
            sums
        }
    }

    /// Where the first lane of a slot goes.
    #[inline(always)]
    fn find_place(&self, output: usize, slot: Slot) -> *mut T {
        let Steps { plane, row, column } = self.to_steps;
        self.to.wrapping_add(output * plane + slot.row * row + slot.column * column)
    }

    #[inline(always)]
    unsafe fn store_sums<S: Copy, V: Lanes<S, T>, const M: usize, const N: usize>(
        &self,
        simd: S,
        output: usize,
        slots: [Slot; N],
        sums: [[V; N]; M],
    ) {
        let shares = slots.iter().any(|slot| slot.shared > 0);
        // SAFETY: the caller's; m is below M and n below N, and no vector is longer.
        unsafe {
            if self.to_steps.column == 1 && !(self.adds && shares) {
                for m in 0..M {
                    for n in 0..N {
                        let to = self.find_place(output + m, at!(slots, n));
                        let sums = at!(at!(sums, m), n);
                        let sums = if self.adds { V::load(simd, to).add(sums) } else { sums };
                        sums.store(to);
                    }
                }
                return;
            }
            // The sums themselves stay in registers only if nothing looks for one of them by a number.
            let mut lanes = [[[T::ZERO; LONGEST]; N]; M];
            for m in 0..M {
                for n in 0..N {
                    at!(at!(sums, m), n).store(at_mut!(at_mut!(lanes, m), n).as_mut_ptr());
                }
            }
            for (m, lanes) in lanes.iter().enumerate() {
                for (slot, lanes) in slots.iter().zip(lanes) {
                    let to = self.find_place(output + m, *slot);
                    self.store_lanes(to, lanes.get(..V::COUNT).unwrap_or(lanes), slot.shared);
                }
            }
        }
    }

    /// A slot's sums, but for those of lanes that the vector before it has written.
    #[inline(always)]
    unsafe fn store_lanes(&self, to: *mut T, lanes: &[T], shared: usize) {
        for (lane, sum) in lanes.iter().enumerate().skip(shared) {
            keep_apart();
            // SAFETY: the caller's: the lanes stand from here on, `column` apart.
            let place = unsafe { &mut *to.add(lane * self.to_steps.column) };
            *place = if self.adds { *place + *sum } else { *sum };
        }
    }
}
