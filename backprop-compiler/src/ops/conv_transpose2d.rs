//! `conv_transpose2d(filters, kernel = n)`: every input is spread over a window of rows and columns.

use std::rc::Rc;

use super::{Layer, Op, conv_transpose};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "conv_transpose2d",
    docs: "`conv_transpose2d(filters, kernel = n | [rows, columns])`: `[channels, rows, columns]` to planes for each of `filters` that are `(length - 1) * stride + (kernel - 1) * dilation + 1 - 2 * padding + output_padding` long on each axis, the gradient of a `conv2d` that goes the other way, as PyTorch's ConvTranspose2d. Arguments: `stride = 1`, `padding = valid | same | n | [rows, columns]` (cut off both ends; `same` leaves `stride` times the size), `output_padding = 0` (added behind the last, less than `stride` or `dilation`), `dilation = 1`, `groups = 1`, `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them. The weight has a row for each filter of a group and element of the window, and a column for each channel.",
    examples: &["conv_transpose2d(2, kernel = 2, stride = 2)", "conv_transpose2d(4, kernel = [3, 2], stride = [2, 1], padding = [1, 0], output_padding = [1, 0], groups = 2)", "conv_transpose2d(3, kernel = 3, padding = same, dilation = 2, bias = false)"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv_transpose::configure(arguments, LAYER.keyword, 2)
}
