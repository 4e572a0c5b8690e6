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
mod forward;
mod geometry;
mod input_gradient;
mod outputs;
mod planes;
mod products;
mod scalar;
mod step;
#[cfg(test)]
mod tests;
pub mod transposed;
mod weight_gradient;

pub use self::correlate::Correlate;
use self::correlate::Taps;
pub use self::forward::forward;
pub use self::geometry::Geometry;
use self::geometry::Layout;
pub use self::input_gradient::input_gradient;
use self::planes::Planes;
pub use self::products::Products;
pub use self::step::{History, Past, step};
pub use self::weight_gradient::{bias_gradient, weight_gradient};
use crate::scalar::Scalar;

/// Whether arrays of these sizes are those of the geometry.
#[inline(always)]
fn fits(geometry: &Geometry, [inputs, outputs, taps, filters]: [usize; 4]) -> bool {
    geometry.inputs() == inputs
        && geometry.outputs() == outputs
        && geometry.taps() == taps
        && geometry.output[0] == filters
}

/// What a sample works in, where it needs so much; `None` where there is less.
#[inline(always)]
fn find_room<T, const L: usize>(
    scratch: &mut [[T; L]],
    index: usize,
    needed: usize,
) -> Option<*mut T> {
    match needed {
        0 => Some(core::ptr::null_mut()),
        _ => scratch.get_mut(index).filter(|_| needed <= L).map(|room| room.as_mut_ptr()),
    }
}

/// The planes of a group as windows read them: where they are, if that will do and nobody needs a copy.
///
/// # Safety
///
/// The input has the sizes that the geometry says, and what a copy takes can be written.
#[inline(always)]
unsafe fn find_input<T: Scalar>(
    geometry: &Geometry,
    x: *const T,
    group: usize,
    room: *mut T,
    copies: bool,
) -> (*const T, Layout) {
    let [_, rows, columns] = geometry.input;
    let count = geometry.channels();
    // SAFETY: the caller's.
    unsafe {
        let start = x.add(group * count * rows * columns);
        if geometry.reads_input() && !copies {
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
    let phases = phases.max(1);
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
