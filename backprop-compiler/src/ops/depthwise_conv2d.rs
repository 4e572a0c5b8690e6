//! `depthwise_conv2d(kernel = n)`: a window of rows and columns for each channel.

use std::rc::Rc;

use super::{Layer, Op, conv};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "depthwise_conv2d",
    docs: "`depthwise_conv2d(kernel = n | [rows, columns])`: `[channels, rows, columns]` to `[channels, rows, columns]`, a window of its own for each channel. Arguments: `stride = 1`, `padding = valid | same | n | [rows, columns]`, `dilation = 1`, `multiplier = 1` (filters for each channel), `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them.",
    examples: &["depthwise_conv2d(kernel = 2)", "depthwise_conv2d(kernel = 3, stride = 2, padding = 1, multiplier = 2)"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv::configure_depthwise(arguments, LAYER.keyword, 2)
}
