//! dJ/dW and dJ/db: sums over positions and samples.

use super::geometry::Layout;
use super::planes::Planes;
use super::products::{Products, TAPS};
use super::{Geometry, find_input, find_room, fits, place_window};
use crate::kernels::dense::Row;
use crate::kernels::lanes::{add_up, count_lanes};
use crate::kernels::segments::split;
use crate::scalar::Scalar;
use crate::simd::Vectors;
use crate::sink::Sink;

/// dJ/dW, summed over the samples.
#[inline(always)]
pub fn weight_gradient<
    S,
    T,
    X,
    D,
    K,
    const I: usize,
    const O: usize,
    const F: usize,
    const L: usize,
>(
    simd: S,
    geometry: Geometry,
    x: &[X],
    delta: &[D],
    scratch: &mut [[T; L]],
    mut sink: K,
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
    D: Row<T, O>,
    K: Sink<T, F>,
{
    let taps = geometry.taps();
    let needed = geometry.weight_gradient_scratch(count_lanes::<T>());
    if !fits(&geometry, [I, O, taps, F]) {
        return;
    }
    for (index, (x, delta)) in x.iter().zip(delta).enumerate() {
        let Some(room) = find_room(scratch, index, needed) else { return };
        for group in 0..geometry.groups {
            let first = group * geometry.filters();
            // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
            let product = unsafe {
                start_products(&geometry, x.row().as_ptr(), delta.row().as_ptr(), group, room)
            };
            if const { K::COLLECTS } {
                let (adds, gradient) = sink.matrix();
                if gradient.len() < taps {
                    return;
                }
                let gradient = gradient.as_mut_ptr().cast::<T>().wrapping_add(first);
                let adds = adds || index > 0;
                let product = Products { taps, gradient, stride: F, adds, ..product };
                // SAFETY: the gradient has a row of F filters for each tap.
                unsafe { simd.run_products(&product) }
            } else {
                // An optimiser takes the gradient at once: some rows at a time.
                let mut rows = [[T::ZERO; F]; TAPS];
                let mut tap = 0;
                while tap < taps {
                    let count = TAPS.min(taps - tap);
                    let gradient = rows.as_mut_ptr().cast();
                    let product =
                        Products { first: tap, taps: count, gradient, stride: F, ..product };
                    // SAFETY: the rows have room for F filters each.
                    unsafe { simd.run_products(&product) }
                    for (row, gradients) in rows.iter().take(count).enumerate() {
                        sink.put(
                            tap + row,
                            first,
                            gradients.iter().copied().take(geometry.filters()),
                        );
                    }
                    tap += TAPS;
                }
            }
        }
    }
}

/// The products of a group, but for which taps, and where their sums go.
///
/// # Safety
///
/// The arrays have the sizes that the geometry says.
#[inline(never)]
unsafe fn start_products<T: Scalar>(
    geometry: &Geometry,
    x: *const T,
    delta: *const T,
    group: usize,
    room: *mut T,
) -> Products<T> {
    let [_, rows, columns] = geometry.output;
    let filled = geometry.filled_columns(count_lanes::<T>());
    let filters = geometry.filters();
    // SAFETY: the caller's.
    unsafe {
        let mut delta = delta.add(group * filters * rows * columns);
        // What is read behind the last row of a plane must be there.
        let (from, layout) = find_input(geometry, x, group, room, filled > columns);
        if filled > columns {
            let end = room.add(geometry.channels() * layout.plane());
            let copy = end.add(filled - columns);
            for place in 0..filled - columns {
                *end.add(place) = T::ZERO;
            }
            let planes = Planes { start: delta, count: filters, rows, columns };
            planes.copy([0; 2], Layout { rows, phases: 1, length: filled }, copy);
            delta = copy;
        }
        let (down, across) = place_window(geometry, layout);
        Products {
            from,
            from_plane: layout.plane(),
            from_row: geometry.stride[0] * layout.pitch(),
            rows_of_window: down,
            columns_of_window: across,
            delta,
            delta_plane: rows * filled,
            delta_row: filled,
            rows,
            columns: filled,
            filters,
            first: 0,
            taps: 0,
            gradient: core::ptr::null_mut(),
            stride: 0,
            adds: false,
        }
    }
}

/// dJ/db: each filter's delta, summed over positions and samples.
#[inline(always)]
pub fn bias_gradient<S, T, K, const O: usize, const F: usize>(
    simd: S,
    delta: &[[T; O]],
    mut sink: K,
) where
    S: Vectors<T>,
    T: Scalar,
    K: Sink<T, F>,
{
    let mut sums = [T::ZERO; F];
    for delta in delta {
        for (sum, plane) in sums.iter_mut().zip(split(delta, O / F.max(1))) {
            *sum += add_up::<S, T, S::Wide>(simd, plane);
        }
    }
    sink.put(0, 0, sums.into_iter());
}
