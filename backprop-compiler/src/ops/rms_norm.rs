//! `rms_norm(axes)`: the innermost axes with mean square 1.

use std::rc::Rc;

use super::{Layer, Op, norm};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "rms_norm",
    docs: "`rms_norm(axes = 1)`: x / √(mean x² + eps) ⊙ weight, over the innermost `axes` axes (Zhang and Sennrich 2019). Arguments: `eps = 1e-5`, `affine = true | false`, `trainable = true | false`.",
    examples: &["rms_norm", "rms_norm(2, eps = 1e-3)", "rms_norm(affine = false)"],
    example_shape: &[2, 6],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    norm::configure_inner(arguments, LAYER.keyword, false)
}
