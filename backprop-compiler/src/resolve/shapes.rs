//! Axes become a shape.

use crate::diagnostics::{Diagnostics, Place, Rule};
use crate::graph::Shape;

/// The shape of these axes; `None` after an error.
pub fn make_shape(axes: Vec<usize>, place: Place, diagnostics: &mut Diagnostics) -> Option<Shape> {
    let is_empty = axes.is_empty();
    let shape = Shape::new(axes);
    if is_empty {
        diagnostics
            .error(Rule::EmptyShape, place, "this shape has no axes")
            .help("give one axis at least, such as `[4]`");
    } else if shape.is_none() {
        diagnostics
            .error(
                Rule::SizeTooLarge,
                place,
                "this shape has more scalars than any target can address",
            )
            .help("give smaller axes, whose product fits 32 bits");
    }
    shape
}
