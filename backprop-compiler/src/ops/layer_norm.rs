//! `layer_norm(axes)`: the innermost axes with mean 0 and variance 1.

use std::rc::Rc;

use super::{Layer, Op, norm};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "layer_norm",
    docs: "`layer_norm(axes = 1)`: (x - mean) / √(variance + eps) ⊙ weight + bias, over the innermost `axes` axes (Ba, Kiros and Hinton 2016). Arguments: `eps = 1e-5`, `affine = true | false` (whether there is a weight and a bias, each as large as what is normalised), `bias = true | false`, `trainable = true | false | weight | bias`.",
    examples: &["layer_norm", "layer_norm(2, eps = 1e-3)", "layer_norm(affine = false)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    norm::configure_inner(arguments, LAYER.keyword, true)
}
