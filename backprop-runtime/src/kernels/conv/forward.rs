//! y = W * x + b

use super::correlate::{Correlate, Steps};
use super::{Geometry, find_input, find_room, fits, place_window};
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::store::{Set, Store};

/// y = W * x + b
#[inline(always)]
pub fn forward<
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
    x: &[X],
    weight: &[[T; F]; K],
    bias: Option<&[T; F]>,
    scratch: &mut [[T; L]],
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
{
    gather(simd, geometry, Set, x, weight, bias, scratch, y);
}

/// Sums over windows, and where they go.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "those of a call in the generated code")]
pub(super) fn gather<
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
    bias: Option<&[T; F]>,
    scratch: &mut [[T; L]],
    y: &mut [[T; O]],
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
{
    if !fits(&geometry, [I, O, K, F]) {
        return;
    }
    for (index, (x, y)) in x.iter().zip(y).enumerate() {
        let Some(room) = find_room(scratch, index, geometry.forward_scratch()) else { return };
        let call = ForwardCall {
            x: x.row().as_ptr(),
            weight: weight.as_ptr().cast(),
            bias: bias.map(|bias| bias.as_ptr()),
            y: y.as_mut_ptr(),
            adds: store.adds(),
        };
        // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
        unsafe { run_forward(simd, &geometry, &call, room) }
    }
}

/// The arrays of one sample.
struct ForwardCall<T> {
    x: *const T,
    weight: *const T,
    bias: Option<*const T>,
    y: *mut T,
    adds: bool,
}

/// # Safety
///
/// The arrays have the sizes that the geometry says.
#[inline(never)]
unsafe fn run_forward<S: Vectors<T>, T: Scalar>(
    simd: S,
    geometry: &Geometry,
    call: &ForwardCall<T>,
    room: *mut T,
) {
    let [filters, rows, columns] = geometry.output;
    for group in 0..geometry.groups {
        // SAFETY: the caller's; groups below their number.
        unsafe {
            let (from, layout) = find_input(geometry, call.x, group, room, false);
            let first = group * geometry.filters();
            let (down, across) = place_window(geometry, layout);
            let product = Correlate {
                from,
                from_steps: Steps {
                    plane: layout.plane(),
                    row: geometry.stride[0] * layout.pitch(),
                    column: 1,
                },
                planes: geometry.channels(),
                rows_of_window: down,
                columns_of_window: across,
                weight: call.weight.add(first),
                weight_steps: Steps {
                    plane: geometry.window() * filters,
                    row: geometry.kernel[1] * filters,
                    column: filters,
                },
                weight_output: 1,
                bias: call.bias.map(|bias| bias.add(first)),
                to: call.y.add(first * rows * columns),
                to_steps: Steps { plane: rows * columns, row: columns, column: 1 },
                outputs: geometry.filters(),
                rows,
                columns,
                adds: call.adds,
            };
            simd.run_correlate(&product);
        }
    }
}
