//! `avg_pool1d(kernel = n)`: the mean of each window.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "avg_pool1d",
    docs: "`avg_pool1d(kernel = n)`: the mean of each window, of a value of `[channels, length]`. Arguments: `stride` (the kernel's size, unless it is given), `padding = valid | same | causal | n`, `count_include_pad = true | false` (whether the padding's zeros count).",
    examples: &["avg_pool1d(kernel = 2)", "avg_pool1d(kernel = 3, stride = 2, padding = 1, count_include_pad = false)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::configure_mean(arguments, LAYER.keyword, 1)
}
