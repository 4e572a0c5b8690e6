//! `conv2d(filters, kernel = n)`: every output is a weighted sum over a window of rows and columns.

use std::rc::Rc;

use super::{Layer, Op, conv};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "conv2d",
    docs: "`conv2d(filters, kernel = n | [rows, columns])`: `[channels, rows, columns]` to `[filters, rows, columns]`, a window that moves over planes. Arguments: `stride = 1`, `padding = valid | same | n | [rows, columns]`, `dilation = 1`, `groups = 1`, `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them.",
    examples: &["conv2d(2, kernel = 2)", "conv2d(4, kernel = [3, 2], stride = [1, 2], padding = [1, 0], groups = 2)", "conv2d(3, kernel = 3, padding = same, bias = false)"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv::configure(arguments, LAYER.keyword, 2)
}
