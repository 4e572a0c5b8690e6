//! `max_pool1d(kernel = n)`: the largest element of each window.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "max_pool1d",
    docs: "`max_pool1d(kernel = n)`: the largest element of each window, of a value of `[channels, length]`. Arguments: `stride` (the kernel's size, unless it is given), `padding = valid | same | causal | n`, `dilation = 1`.",
    examples: &["max_pool1d(kernel = 2)", "max_pool1d(kernel = 3, stride = 2, padding = 1)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::configure_max(arguments, LAYER.keyword, 1)
}
