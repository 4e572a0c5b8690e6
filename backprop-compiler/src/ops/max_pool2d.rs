//! `max_pool2d(kernel = n)`: the largest element of each window.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "max_pool2d",
    docs: "`max_pool2d(kernel = n | [rows, columns])`: the largest element of each window, of a value of `[channels, rows, columns]`. Arguments: `stride` (the kernel's size, unless it is given), `padding = valid | same | n | [rows, columns]`, `dilation = 1`.",
    examples: &["max_pool2d(kernel = 2)", "max_pool2d(kernel = 3, stride = [2, 1], padding = 1)"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::configure_max(arguments, LAYER.keyword, 2)
}
