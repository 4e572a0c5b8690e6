//! dJ/dx: each input gets a sum over the windows that it is in.

use super::correlate::{Correlate, Steps, Taps};
use super::geometry::Layout;
use super::planes::Planes;
use super::{Geometry, find_room, fits};
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::store::Store;

/// dJ/dx
#[inline(always)]
pub fn input_gradient<
    S,
    T,
    const I: usize,
    const O: usize,
    const K: usize,
    const F: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
    store: impl Store,
    delta: &[[T; O]],
    weight: &[[T; F]; K],
    scratch: &mut [[T; L]],
    dx: &mut [[T; I]],
) where
    S: Vectors<T>,
    T: Scalar,
{
    spread(simd, geometry, store, delta, weight, None, scratch, dx);
}

/// Each scalar of `x` times the weight of its windows, added up where they overlap, and where that goes.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "those of a call in the generated code")]
pub(super) fn spread<
    S,
    T,
    X,
    const I: usize,
    const O: usize,
    const K: usize,
    const F: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
    store: impl Store,
    x: &[X],
    weight: &[[T; F]; K],
    bias: Option<&[T]>,
    scratch: &mut [[T; L]],
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
{
    let has_bias = bias.is_none_or(|bias| bias.len() == geometry.input[0]);
    if !fits(&geometry, [O, I, K, F]) || !has_bias {
        return;
    }
    for (index, (x, y)) in x.iter().zip(y).enumerate() {
        let Some(room) = find_room(scratch, index, geometry.input_gradient_scratch()) else {
            return;
        };
        let call = SpreadCall {
            x: x.row().as_ptr(),
            weight: weight.as_ptr().cast(),
            bias: bias.map(<[T]>::as_ptr),
            y: y.as_mut_ptr(),
            adds: store.adds(),
        };
        // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
        unsafe { run_spread(simd, &geometry, &call, room) }
    }
}

/// The arrays of one sample.
struct SpreadCall<T> {
    x: *const T,
    weight: *const T,
    bias: Option<*const T>,
    y: *mut T,
    adds: bool,
}

/// One axis of the inputs whose place has a remainder by the stride.
struct Residue {
    /// The first element of the window that reaches them.
    tap: usize,
    /// From one such element to the next.
    tap_step: usize,
    /// How many there are.
    taps: usize,
    /// Outputs before the first one that the first element reads, for the first of these inputs.
    back: isize,
    /// Outputs from one element to the next.
    back_step: isize,
    /// The first of these inputs, and how many there are.
    first: usize,
    count: usize,
}

impl Residue {
    #[inline(always)]
    fn find(geometry: &Geometry, axis: usize, residue: usize) -> Self {
        let (stride, dilation) = (geometry.step(axis), geometry.dilation[axis]);
        let (padding, kernel) = (geometry.padding[axis], geometry.kernel[axis]);
        // Inputs have the places residue + stride * index - padding.
        let index = padding.saturating_sub(residue).div_ceil(stride);
        let first = residue + stride * index - padding;
        let count = geometry.input[axis + 1].saturating_sub(first).div_ceil(stride);
        let reaches = |tap: &usize| (tap * dilation).checked_rem(stride) == Some(residue);
        let mut reaching = (0..kernel).filter(reaches);
        let (tap, second) = (reaching.next(), reaching.next());
        let Some(tap) = tap else {
            return Self { tap: 0, tap_step: 0, taps: 0, back: 0, back_step: 0, first, count };
        };
        let tap_step = second.map_or(1, |second| second - tap);
        let taps = second.map_or(1, |_| (kernel - 1 - tap) / tap_step.max(1) + 1);
        Self {
            tap,
            tap_step,
            taps,
            back: index as isize - (tap * dilation / stride) as isize,
            back_step: -((tap_step * dilation / stride) as isize),
            first,
            count,
        }
    }
}

/// # Safety
///
/// The arrays have the sizes that the geometry says.
#[inline(never)]
unsafe fn run_spread<S: Vectors<T>, T: Scalar>(
    simd: S,
    geometry: &Geometry,
    call: &SpreadCall<T>,
    room: *mut T,
) {
    let ([_, rows, columns], [filters, delta_rows, delta_columns]) =
        (geometry.input, geometry.output);
    let per_group = geometry.filters();
    for group in 0..geometry.groups {
        let first = group * per_group;
        // SAFETY: the caller's; groups, and places of each residue, below their numbers.
        unsafe {
            let start = call.x.add(first * delta_rows * delta_columns);
            let (from, before, layout) = if geometry.reads_delta() {
                let layout = Layout { rows: delta_rows, phases: 1, length: delta_columns };
                (start, [0; 2], layout)
            } else {
                let (before, layout) = geometry.padded_delta();
                let planes =
                    Planes { start, count: per_group, rows: delta_rows, columns: delta_columns };
                planes.copy(before, layout, room);
                (room.cast_const(), before, layout)
            };
            let pitch = layout.pitch() as isize;
            for row_residue in 0..geometry.stride[0] {
                let down = Residue::find(geometry, 0, row_residue);
                for column_residue in 0..geometry.stride[1] {
                    let across = Residue::find(geometry, 1, column_residue);
                    let tap = (down.tap * geometry.kernel[1] + across.tap) * filters;
                    let channel = group * geometry.channels() * rows * columns;
                    let product = Correlate {
                        from,
                        from_steps: Steps { plane: layout.plane(), row: layout.pitch(), column: 1 },
                        planes: per_group,
                        rows_of_window: Taps::evenly(
                            if across.taps == 0 { 0 } else { down.taps },
                            (before[0] as isize + down.back) * pitch,
                            down.back_step * pitch,
                        ),
                        columns_of_window: Taps::evenly(
                            across.taps,
                            before[1] as isize + across.back,
                            across.back_step,
                        ),
                        weight: call.weight.add(first + tap),
                        weight_steps: Steps {
                            plane: 1,
                            row: down.tap_step * geometry.kernel[1] * filters,
                            column: across.tap_step * filters,
                        },
                        weight_output: geometry.window() * filters,
                        bias: call.bias.map(|bias| bias.add(group * geometry.channels())),
                        to: call.y.wrapping_add(channel + down.first * columns + across.first),
                        to_steps: Steps {
                            plane: rows * columns,
                            row: geometry.stride[0] * columns,
                            column: geometry.stride[1],
                        },
                        outputs: geometry.channels(),
                        rows: down.count,
                        columns: across.count,
                        adds: call.adds,
                    };
                    simd.run_correlate(&product);
                }
            }
        }
    }
}
