//! `identity`: the value as it is; a way to say that nothing is missing here.

use std::rc::Rc;

use super::view::View;
use super::{Layer, Misfit, Op};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "identity",
    docs: "`identity`: the value as it is.",
    examples: &["identity"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Identity;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(build())
}

/// The op itself, which others become in inference.
pub fn build() -> Rc<dyn Op> {
    Rc::new(Identity)
}

impl View for Identity {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, input: &Shape) -> Result<Shape, Misfit> {
        Ok(input.clone())
    }

    fn describe(&self) -> (String, &'static str) {
        (String::new(), "")
    }
}
