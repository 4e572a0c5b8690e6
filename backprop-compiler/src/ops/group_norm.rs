//! `group_norm(groups)`: groups of channels with mean 0 and variance 1.

use std::rc::Rc;

use super::{Layer, Op, norm};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "group_norm",
    docs: "`group_norm(groups)`: (x - mean) / √(variance + eps) ⊙ weight + bias, over each of `groups` parts of the channels, with all that is inside of them (Wu and He 2018). One weight and one bias for each channel. Arguments: `eps = 1e-5`, `affine = true | false`, `bias = true | false`, `trainable = true | false | weight | bias`.",
    examples: &["group_norm(2)", "group_norm(1, eps = 1e-3)", "group_norm(2, affine = false)"],
    example_shape: &[4, 2, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    norm::configure_groups(arguments, LAYER.keyword)
}
