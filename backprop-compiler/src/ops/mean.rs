//! `mean`: the mean over axes.

use std::rc::Rc;

use super::{Layer, Op, reduce};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "mean",
    docs: "`mean(axis = n | [n, m])`: the mean over an axis, or several, counted from 0, which are gone from the shape; over all of them without an argument.",
    examples: &["mean", "mean(1)", "mean([0, 2])"],
    example_shape: &[2, 3, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    reduce::configure(arguments, LAYER.keyword, true)
}
