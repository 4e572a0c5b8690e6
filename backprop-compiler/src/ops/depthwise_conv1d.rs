//! `depthwise_conv1d(kernel = n)`: a window along one axis for each channel.

use std::rc::Rc;

use super::{Layer, Op, conv};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "depthwise_conv1d",
    docs: "`depthwise_conv1d(kernel = n)`: `[channels, length]` to `[channels, length]`, a window of its own for each channel. Arguments: `stride = 1`, `padding = valid | same | causal | n`, `dilation = 1`, `multiplier = 1` (filters for each channel), `bias = true | false`, `init`, `bias_init` and `trainable` as `dense` has them.",
    examples: &["depthwise_conv1d(kernel = 3)", "depthwise_conv1d(kernel = 3, padding = same, multiplier = 2)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    conv::configure_depthwise(arguments, LAYER.keyword, 1)
}
