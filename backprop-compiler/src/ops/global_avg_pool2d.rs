//! `global_avg_pool2d`: the mean of each channel.

use std::rc::Rc;

use super::{Layer, Op, pool};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "global_avg_pool2d",
    docs: "`global_avg_pool2d`: `[channels, rows, columns]` to `[channels]`, the mean of each channel.",
    examples: &["global_avg_pool2d"],
    example_shape: &[2, 3, 4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    pool::build_global(LAYER.keyword, 2, pool::Pool::Mean { counts_padding: true })
}
