//! `global_max_pool1d`: the largest element of each channel.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "global_max_pool1d",
    docs: "`global_max_pool1d`: `[channels, length]` to `[channels]`, the largest element of each channel.",
    examples: &["global_max_pool1d"],
    example_shape: &[2, 6],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::build_global(LAYER.keyword, 1, pool::Pool::Max)
}
