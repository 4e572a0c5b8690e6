//! `avg_pool2d(kernel = n)`: the mean of each window.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "avg_pool2d",
    docs: "`avg_pool2d(kernel = n | [rows, columns])`: the mean of each window, of a value of `[channels, rows, columns]`. Arguments: `stride` (the kernel's size, unless it is given), `padding = valid | same | n | [rows, columns]`, `count_include_pad = true | false` (whether the padding's zeros count).",
    examples: &["avg_pool2d(kernel = 2)", "avg_pool2d(kernel = 3, stride = [2, 1], padding = 1, count_include_pad = false)"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::configure_mean(arguments, LAYER.keyword, 2)
}
