//! `conv1d(filters, kernel = n)`: every output is a weighted sum over a window of one axis.

use std::rc::Rc;

use super::{Layer, Op, conv};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "conv1d",
    docs: "`conv1d(filters, kernel = n)`: `[channels, length]` to `[filters, length]`, a window that moves along the axis. Arguments: `stride = 1`, `padding = valid | same | causal | n`, `dilation = 1`, `groups = 1`, `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them. The weight has a row for each channel of a group and element of the window.",
    examples: &["conv1d(3, kernel = 3)", "conv1d(4, kernel = 3, stride = 2, padding = 1, groups = 2)", "conv1d(2, kernel = 2, padding = causal, dilation = 2, bias = false)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv::configure(arguments, LAYER.keyword, 1)
}
