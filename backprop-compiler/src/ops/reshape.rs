//! `reshape`: the same scalars under other axes: `reshape([2, 32])` or `reshape(2, 32)`.

use std::rc::Rc;

use super::view::View;
use super::{Layer, Misfit, Op};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "reshape",
    docs: "`reshape([a, b])`: the same scalars under other axes, row by row.",
    examples: &[],
    example_shape: &[4],
    configure,
};

/// The op.
#[derive(Debug)]
pub struct Reshape {
    /// The result's.
    pub shape: Shape,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let shape = arguments.take_shape("shape")?;
    Some(Rc::new(Reshape { shape }))
}

impl View for Reshape {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.shape.to_string()
    }

    fn infer_shape(&self, input: &Shape) -> Result<Shape, Misfit> {
        let (from, to) = (input, &self.shape);
        if from.count() != to.count() {
            return Err(Misfit {
                rule: Rule::ReshapeCount,
                headline: format!(
                    "cannot reshape {from} ({} scalars) to {to} ({} scalars)",
                    from.count(),
                    to.count()
                ),
                help: format!("give axes whose product is {}", from.count()),
            });
        }
        Ok(to.clone())
    }

    fn recover_shape(&self) -> Option<Shape> {
        Some(self.shape.clone())
    }

    fn describe(&self) -> (String, &'static str) {
        (format!(" in the shape {}", self.shape), " in the shape before")
    }
}
