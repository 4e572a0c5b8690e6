//! `flatten`: all axes become one. The scalars stay where they are.

use std::rc::Rc;

use super::view::View;
use super::{Layer, Misfit, Op};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "flatten",
    docs: "`flatten`: all axes become one.",
    examples: &["flatten"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Flatten;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Flatten))
}

impl View for Flatten {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, input: &Shape) -> Result<Shape, Misfit> {
        Ok(Shape::flat(input.count()))
    }

    fn describe(&self) -> (String, &'static str) {
        (" in one axis".to_owned(), " in the shape before")
    }
}
