//! Copies of planes with zeros around them, in the layout that the products read.

use super::geometry::Layout;
use crate::scalar::Scalar;

/// Planes of rows and columns, one behind the other.
#[derive(Clone, Copy, Debug)]
pub struct Planes<T> {
    /// The first scalar.
    pub start: *const T,
    /// How many there are.
    pub count: usize,
    /// Rows of each.
    pub rows: usize,
    /// Columns of each row.
    pub columns: usize,
}

impl<T: Scalar> Planes<T> {
    /// Copies them to `to`, with so many rows and columns of zeros before the first; what lies outside of the layout
    /// is left out, what is missing is zero.
    ///
    /// # Safety
    ///
    /// The planes can be read, and as many of that layout be written.
    #[inline(always)]
    pub unsafe fn copy(&self, [top, left]: [usize; 2], layout: Layout, to: *mut T) {
        let Layout { rows, phases, length } = layout;
        let phases = phases.max(1);
        // SAFETY: the caller's; rows and columns within the layout.
        unsafe {
            for place in 0..self.count * layout.plane() {
                *to.add(place) = T::ZERO;
            }
            let columns = self.columns.min((phases * length).saturating_sub(left));
            for plane in 0..self.count {
                for row in 0..self.rows.min(rows.saturating_sub(top)) {
                    let from = self.start.add((plane * self.rows + row) * self.columns);
                    let to = to.add(plane * layout.plane() + (top + row) * layout.pitch());
                    if phases == 1 {
                        core::ptr::copy_nonoverlapping(from, to.add(left), columns);
                        continue;
                    }
                    let (mut phase, mut index) = (left % phases, left / phases);
                    for column in 0..columns {
                        *to.add(phase * length + index) = *from.add(column);
                        phase += 1;
                        if phase == phases {
                            (phase, index) = (0, index + 1);
                        }
                    }
                }
            }
        }
    }
}
