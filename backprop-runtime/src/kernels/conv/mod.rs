//! Convolutions over planes of rows and columns, of samples that stand channel by channel. The weight has a row for
//! each channel of a group and each element of the window, and a column for each filter.
//!
//! | | order of the sum |
//! |---|---|
//! | y = W * x + b | the bias, then over channels, and rows and columns of the window, from first to last |
//! | dJ/dx | over filters, and rows and columns of the window, from first to last |
//! | dJ/dW | over positions, in lanes (`products`); then over samples |
//! | dJ/db | the same |
//!
//! No product needs more than a copy of the planes with zeros around them, and that only where a window reaches
//! beyond them or moves by more than a column: `planes` makes it, `geometry` says how it stands in memory. What is
//! computed from it are sums over a window that is the same everywhere (`correlate`). dJ/dx is such a sum too, over
//! dJ/dy: one for each remainder that the place of an input has by the stride (Dumoulin and Visin, A guide to
//! convolution arithmetic for deep learning, 2016).

mod correlate;
mod geometry;
mod planes;
mod products;
#[cfg(test)]
mod tests;

pub use self::correlate::Correlate;
use self::correlate::{Steps, Taps};
pub use self::geometry::Geometry;
use self::geometry::Layout;
use self::planes::Planes;
pub use self::products::Products;
use self::products::{TAPS, count_lanes};
use crate::kernels::dense::Row;
use crate::scalar::Scalar;
use crate::simd::{Lanes, Vectors};
use crate::sink::Sink;
use crate::store::Store;

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
    if !fits(&geometry, [I, O, K, F]) || geometry.forward_scratch() > L {
        return;
    }
    for (index, (x, y)) in x.iter().zip(y).enumerate() {
        let room = scratch.get_mut(index).map_or(core::ptr::null_mut(), |room| room.as_mut_ptr());
        if room.is_null() && geometry.forward_scratch() > 0 {
            return;
        }
        let call = ForwardCall {
            x: x.row().as_ptr(),
            weight: weight.as_ptr().cast(),
            bias: bias.map(|bias| bias.as_ptr()),
            y: y.as_mut_ptr(),
        };
        // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
        unsafe { run_forward(simd, &geometry, &call, room) }
    }
}

/// Whether arrays of these sizes are those of the geometry.
#[inline(always)]
fn fits(geometry: &Geometry, [inputs, outputs, taps, filters]: [usize; 4]) -> bool {
    geometry.inputs() == inputs
        && geometry.outputs() == outputs
        && geometry.taps() == taps
        && geometry.output[0] == filters
}

/// The arrays of one sample.
struct ForwardCall<T> {
    x: *const T,
    weight: *const T,
    bias: Option<*const T>,
    y: *mut T,
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
            let (from, layout) = find_input(geometry, call.x, group, room);
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
                adds: false,
            };
            simd.run_correlate(&product);
        }
    }
}

/// The planes of a group as windows read them: where they are, or a copy.
#[inline(always)]
unsafe fn find_input<T: Scalar>(
    geometry: &Geometry,
    x: *const T,
    group: usize,
    room: *mut T,
) -> (*const T, Layout) {
    let [_, rows, columns] = geometry.input;
    let count = geometry.channels();
    // SAFETY: the caller's.
    unsafe {
        let start = x.add(group * count * rows * columns);
        if geometry.reads_input() {
            return (start, geometry.plain_input());
        }
        let layout = geometry.padded_input();
        Planes { start, count, rows, columns }.copy(geometry.padding, layout, room);
        (room, layout)
    }
}

/// The elements of a window in that layout.
#[inline(always)]
fn place_window(geometry: &Geometry, layout: Layout) -> (Taps, Taps) {
    let ([rows, columns], [down, across]) = (geometry.kernel, geometry.dilation);
    let Layout { phases, length, .. } = layout;
    let across = Taps {
        count: columns,
        start: 0,
        step: (across / phases + across % phases * length) as isize,
        phase_step: across % phases,
        phases,
        wrap: 1 - (phases * length) as isize,
    };
    (Taps::evenly(rows, 0, (down * layout.pitch()) as isize), across)
}

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
    if !fits(&geometry, [I, O, K, F]) || geometry.input_gradient_scratch() > L {
        return;
    }
    for (index, (delta, dx)) in delta.iter().zip(dx).enumerate() {
        let room = scratch.get_mut(index).map_or(core::ptr::null_mut(), |room| room.as_mut_ptr());
        if room.is_null() && geometry.input_gradient_scratch() > 0 {
            return;
        }
        let call = InputGradientCall {
            delta: delta.as_ptr(),
            weight: weight.as_ptr().cast(),
            dx: dx.as_mut_ptr(),
            adds: store.adds(),
        };
        // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
        unsafe { run_input_gradient(simd, &geometry, &call, room) }
    }
}

struct InputGradientCall<T> {
    delta: *const T,
    weight: *const T,
    dx: *mut T,
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
        let (stride, dilation) = (geometry.stride[axis], geometry.dilation[axis]);
        let (padding, kernel) = (geometry.padding[axis], geometry.kernel[axis]);
        // Inputs have the places residue + stride * index - padding.
        let index = padding.saturating_sub(residue).div_ceil(stride);
        let first = residue + stride * index - padding;
        let count = geometry.input[axis + 1].saturating_sub(first).div_ceil(stride);
        let reaches = |tap: &usize| tap * dilation % stride == residue;
        let mut reaching = (0..kernel).filter(reaches);
        let (tap, second) = (reaching.next(), reaching.next());
        let Some(tap) = tap else {
            return Self { tap: 0, tap_step: 0, taps: 0, back: 0, back_step: 0, first, count };
        };
        let tap_step = second.map_or(0, |second| second - tap);
        let taps = second.map_or(1, |_| (kernel - 1 - tap) / tap_step + 1);
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
unsafe fn run_input_gradient<S: Vectors<T>, T: Scalar>(
    simd: S,
    geometry: &Geometry,
    call: &InputGradientCall<T>,
    room: *mut T,
) {
    let ([_, rows, columns], [filters, delta_rows, delta_columns]) =
        (geometry.input, geometry.output);
    let per_group = geometry.filters();
    for group in 0..geometry.groups {
        let first = group * per_group;
        // SAFETY: the caller's; groups, and places of each residue, below their numbers.
        unsafe {
            let start = call.delta.add(first * delta_rows * delta_columns);
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
                for column_residue in 0..geometry.stride[1] {
                    let down = Residue::find(geometry, 0, row_residue);
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
                        bias: None,
                        to: call.dx.wrapping_add(channel + down.first * columns + across.first),
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

/// dJ/dW, summed over the samples.
#[inline(always)]
pub fn weight_gradient<S, T, X, K, const I: usize, const O: usize, const F: usize, const L: usize>(
    simd: S,
    geometry: Geometry,
    x: &[X],
    delta: &[[T; O]],
    scratch: &mut [[T; L]],
    mut sink: K,
) where
    S: Vectors<T>,
    T: Scalar,
    X: Row<T, I>,
    K: Sink<T, F>,
{
    let taps = geometry.taps();
    let needed = geometry.weight_gradient_scratch(count_lanes::<T>());
    if !fits(&geometry, [I, O, taps, F]) || needed > L {
        return;
    }
    for (index, (x, delta)) in x.iter().zip(delta).enumerate() {
        let room = scratch.get_mut(index).map_or(core::ptr::null_mut(), |room| room.as_mut_ptr());
        if room.is_null() && needed > 0 {
            return;
        }
        for group in 0..geometry.groups {
            let first = group * geometry.filters();
            // SAFETY: the arrays have the sizes that the geometry says, and so has what they work in.
            let product =
                unsafe { start_products(&geometry, x.row().as_ptr(), delta.as_ptr(), group, room) };
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
        let (from, layout) = if filled == columns {
            find_input(geometry, x, group, room)
        } else {
            let [_, input_rows, input_columns] = geometry.input;
            let (layout, count) = (geometry.padded_input(), geometry.channels());
            let start = x.add(group * count * input_rows * input_columns);
            let planes = Planes { start, count, rows: input_rows, columns: input_columns };
            planes.copy(geometry.padding, layout, room);
            let end = room.add(count * layout.plane());
            for place in 0..filled - columns {
                *end.add(place) = T::ZERO;
            }
            let deltas = Planes { start: delta, count: filters, rows, columns };
            let copy = end.add(filled - columns);
            deltas.copy([0; 2], Layout { rows, phases: 1, length: filled }, copy);
            delta = copy;
            (room.cast_const(), layout)
        };
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
        for (sum, plane) in sums.iter_mut().zip(delta.chunks_exact((O / F).max(1))) {
            *sum += add_up::<S, T, S::Wide>(simd, plane);
        }
    }
    sink.put(0, 0, sums.into_iter());
}

/// The sum of a plane, in lanes of 32 bytes; what is left is added one by one.
#[inline(always)]
pub(super) fn add_up<S: Vectors<T>, T: Scalar, V: Lanes<S, T>>(simd: S, plane: &[T]) -> T {
    const VECTORS: usize = 8;
    let lanes = count_lanes::<T>();
    if const { V::COUNT > count_lanes::<T>() } {
        return add_up::<S, T, V::Half>(simd, plane);
    }
    let vectors = lanes / V::COUNT;
    let mut sums = [V::splat(simd, T::ZERO); VECTORS];
    let mut chunks = plane.chunks_exact(lanes);
    for chunk in &mut chunks {
        for (sum, vector) in sums.iter_mut().take(vectors).zip(chunk.chunks_exact(V::COUNT)) {
            // SAFETY: the chunk has as many scalars.
            *sum = sum.add(unsafe { V::load(simd, vector.as_ptr()) });
        }
    }
    let mut sum = products::add_vectors::<S, T, V>(sums, vectors).sum();
    for value in chunks.remainder() {
        sum += *value;
    }
    sum
}
