//! `conv_transpose1d(filters, kernel = n)`: every input is spread over a window of one axis.

use std::rc::Rc;

use super::{Layer, Op, conv_transpose};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "conv_transpose1d",
    docs: "`conv_transpose1d(filters, kernel = n)`: `[channels, length]` to `[filters, (length - 1) * stride + (kernel - 1) * dilation + 1 - 2 * padding + output_padding]`, the gradient of a `conv1d` that goes the other way, as PyTorch's ConvTranspose1d. Arguments: `stride = 1`, `padding = valid | same | n` (cut off both ends; `same` leaves `length * stride`), `output_padding = 0` (added behind the last, less than `stride` or `dilation`), `dilation = 1`, `groups = 1`, `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them. The weight has a row for each filter of a group and element of the window, and a column for each channel.",
    examples: &["conv_transpose1d(3, kernel = 3)", "conv_transpose1d(4, kernel = 3, stride = 2, padding = 1, output_padding = 1, groups = 2)", "conv_transpose1d(2, kernel = 4, stride = 2, padding = same, bias = false)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv_transpose::configure(arguments, LAYER.keyword, 1)
}
