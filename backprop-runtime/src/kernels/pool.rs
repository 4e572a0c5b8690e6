//! The largest element, or the mean, of windows that move over planes of rows and columns.

use core::borrow::Borrow;

use super::conv::Geometry;
use super::lanes::add_up;
use super::segments::{split, split_mut};
use crate::scalar::{Scalar, is_nan};
use crate::simd::Vectors;
use crate::store::Store;

/// The windows of a row that have their element of one number inside of the plane.
struct Overlap {
    /// The column of the first of them.
    first: usize,
    /// How many there are.
    count: usize,
    /// The column that the first one reads.
    input: usize,
}

/// The outputs of a row whose windows have their element `tap` inside of the plane.
#[inline(always)]
fn find_overlap(geometry: &Geometry, tap: usize) -> Overlap {
    let (stride, columns) = (geometry.step(1), geometry.input[2]);
    let (offset, padding) = (tap * geometry.dilation[1], geometry.padding[1]);
    let first = padding.saturating_sub(offset).div_ceil(stride);
    let input = (first * stride + offset).saturating_sub(padding);
    let count = columns.saturating_sub(input).div_ceil(stride);
    Overlap { first, count: count.min(geometry.output[2].saturating_sub(first)), input }
}

/// The row of the plane that row `tap` of the windows in a row of outputs reads, if there is one.
#[inline(always)]
fn find_row(geometry: &Geometry, row: usize, tap: usize) -> Option<usize> {
    let row = row * geometry.stride[0] + tap * geometry.dilation[0];
    row.checked_sub(geometry.padding[0]).filter(|row| *row < geometry.input[1])
}

/// Calls with the rows of outputs and inputs that meet, in the order of the windows' elements: the index of the row of
/// outputs among all of them, that of the row of inputs, and where they overlap.
#[inline(always)]
fn visit_rows(geometry: &Geometry, mut visit: impl FnMut(usize, usize, &Overlap)) {
    for plane in 0..geometry.output[0] {
        for row in 0..geometry.output[1] {
            for down in 0..geometry.kernel[0] {
                let Some(input) = find_row(geometry, row, down) else { continue };
                for across in 0..geometry.kernel[1] {
                    let overlap = find_overlap(geometry, across);
                    let output = plane * geometry.output[1] + row;
                    visit(output, plane * geometry.input[1] + input, &overlap);
                }
            }
        }
    }
}

/// The outputs and the inputs of two rows that meet.
#[inline(always)]
fn zip_rows<'a, A, B>(
    geometry: &Geometry,
    outputs: &'a mut [A],
    inputs: &'a [B],
    (output, input, overlap): (usize, usize, &Overlap),
) -> impl Iterator<Item = (&'a mut A, &'a B)> {
    let outputs =
        outputs.get_mut(output * geometry.output[2] + overlap.first..).unwrap_or_default();
    let inputs = inputs.get(input * geometry.input[2] + overlap.input..).unwrap_or_default();
    outputs.iter_mut().take(overlap.count).zip(inputs.iter().step_by(geometry.step(1)))
}

/// y = the largest of each window. One with an element that is no number has no largest.
#[inline(always)]
pub fn max_forward<T: Scalar, X: Borrow<[T; I]>, const I: usize, const O: usize>(
    geometry: Geometry,
    x: &[X],
    y: &mut [[T; O]],
) {
    for (x, y) in x.iter().zip(y) {
        y.fill(-(T::ONE / T::ZERO));
        visit_rows(&geometry, |output, input, overlap| {
            for (y, x) in zip_rows(&geometry, y, x.borrow(), (output, input, overlap)) {
                *y = if *x > *y || is_nan(*x) { *x } else { *y };
            }
        });
    }
}

/// dJ/dx: each window's delta goes to its first largest element.
#[inline(always)]
pub fn max_backward<T: Scalar, X: Borrow<[T; I]>, const I: usize, const O: usize>(
    geometry: Geometry,
    store: impl Store,
    (x, y): (&[X], &[[T; O]]),
    delta: &[[T; O]],
    dx: &mut [[T; I]],
) {
    let [_, rows, columns] = geometry.output;
    for (((x, y), delta), dx) in x.iter().zip(y).zip(delta).zip(dx) {
        if !store.adds() {
            dx.fill(T::ZERO);
        }
        for (row, (y, delta)) in split(y, columns).zip(split(delta, columns)).enumerate() {
            let (plane, row) = (row / rows.max(1), row % rows.max(1));
            for (column, (y, delta)) in y.iter().zip(delta).enumerate() {
                let index = find_largest(&geometry, x.borrow(), plane, [row, column], *y);
                if let Some(dx) = index.and_then(|index| dx.get_mut(index)) {
                    *dx += *delta;
                }
            }
        }
    }
}

/// Where the first element of a window stands that is its largest, or no number.
#[inline(always)]
fn find_largest<T: Scalar>(
    geometry: &Geometry,
    x: &[T],
    plane: usize,
    [row, column]: [usize; 2],
    largest: T,
) -> Option<usize> {
    let [_, rows, columns] = geometry.input;
    for down in 0..geometry.kernel[0] {
        let Some(row) = find_row(geometry, row, down) else { continue };
        for across in 0..geometry.kernel[1] {
            let place = column * geometry.stride[1] + across * geometry.dilation[1];
            let Some(column) = place.checked_sub(geometry.padding[1]) else { continue };
            if column >= columns {
                break;
            }
            let index = (plane * rows + row) * columns + column;
            if x.get(index).is_some_and(|x| *x == largest || is_nan(*x)) {
                return Some(index);
            }
        }
    }
    None
}

/// Elements of a window at this place along an axis that are inside of the plane.
#[inline(always)]
fn count_inside(geometry: &Geometry, axis: usize, place: usize) -> usize {
    let (start, padding) = (place * geometry.stride[axis], geometry.padding[axis]);
    let dilation = geometry.dilation[axis].max(1);
    let outside = padding.saturating_sub(start).div_ceil(dilation);
    let end = (padding + geometry.input[axis + 1]).saturating_sub(start).div_ceil(dilation);
    end.min(geometry.kernel[axis]).saturating_sub(outside)
}

/// One over the elements of a window that count.
#[inline(always)]
fn weigh<T: Scalar>(geometry: &Geometry, counts_padding: bool, [row, column]: [usize; 2]) -> T {
    let count = if counts_padding {
        geometry.window()
    } else {
        count_inside(geometry, 0, row) * count_inside(geometry, 1, column)
    };
    T::ONE / T::from_usize(count)
}

/// y = the mean of each window.
#[inline(always)]
pub fn mean_forward<T: Scalar, X: Borrow<[T; I]>, const I: usize, const O: usize>(
    geometry: Geometry,
    counts_padding: bool,
    x: &[X],
    y: &mut [[T; O]],
) {
    for (x, y) in x.iter().zip(y) {
        y.fill(T::ZERO);
        visit_rows(&geometry, |output, input, overlap| {
            for (y, x) in zip_rows(&geometry, y, x.borrow(), (output, input, overlap)) {
                *y += *x;
            }
        });
        for_each_window(&geometry, y, |y, window| *y *= weigh(&geometry, counts_padding, window));
    }
}

/// Calls with each element of an output, and the row and column of its window.
#[inline(always)]
fn for_each_window<A>(geometry: &Geometry, y: &mut [A], mut call: impl FnMut(&mut A, [usize; 2])) {
    let [_, rows, columns] = geometry.output;
    for (index, row_of_y) in split_mut(y, columns).enumerate() {
        for (column, y) in row_of_y.iter_mut().enumerate() {
            call(y, [index % rows.max(1), column]);
        }
    }
}

/// dJ/dx: each element gets its share of every window that it is in.
#[inline(always)]
pub fn mean_backward<T: Scalar, const I: usize, const O: usize>(
    geometry: Geometry,
    counts_padding: bool,
    store: impl Store,
    delta: &[[T; O]],
    dx: &mut [[T; I]],
) {
    for (delta, dx) in delta.iter().zip(dx) {
        if !store.adds() {
            dx.fill(T::ZERO);
        }
        visit_rows(&geometry, |output, input, overlap| {
            let row = output % geometry.output[1].max(1);
            let delta =
                delta.get(output * geometry.output[2] + overlap.first..).unwrap_or_default();
            let dx = dx.get_mut(input * geometry.input[2] + overlap.input..).unwrap_or_default();
            let dx = dx.iter_mut().step_by(geometry.step(1));
            for (index, (delta, dx)) in delta.iter().take(overlap.count).zip(dx).enumerate() {
                let window = [row, overlap.first + index];
                *dx += *delta * weigh(&geometry, counts_padding, window);
            }
        });
    }
}

/// y = the mean of each plane.
#[inline(always)]
pub fn global_mean_forward<
    S: Vectors<T>,
    T: Scalar,
    X: Borrow<[T; I]>,
    const I: usize,
    const O: usize,
>(
    simd: S,
    x: &[X],
    y: &mut [[T; O]],
) {
    let count = (I / O.max(1)).max(1);
    let share = T::ONE / T::from_usize(count);
    for (x, y) in x.iter().zip(y) {
        for (plane, y) in split(x.borrow(), count).zip(y) {
            *y = add_up::<S, T, S::Wide>(simd, plane) * share;
        }
    }
}
