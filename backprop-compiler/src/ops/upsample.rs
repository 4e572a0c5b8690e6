//! `upsample(factor)`: each place of a plane becomes several with the same value.

use std::rc::Rc;

use super::strided::{Axis, Rearrange, Strided, Walk, list_steps, spread_over_planes};
use super::{Layer, Misfit, Op, build_shape};
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

pub const LAYER: Layer = Layer {
    keyword: "upsample",
    docs: "`upsample(factor = n | [rows, columns])`: every place of the planes of a value of `[channels, length]` or `[channels, rows, columns]`, `n` times along each axis (its nearest neighbour).",
    examples: &["upsample(2)", "upsample([1, 3])"],
    example_shape: &[2, 2, 2],
    configure,
};

#[derive(Debug)]
struct Upsample {
    factor: PerAxis,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let factor = arguments.take_sizes_per_axis("factor")?;
    Some(Rc::new(Strided(Upsample { factor })))
}

impl Rearrange for Upsample {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.factor.to_string()
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        let factors = spread_over_planes(LAYER.keyword, 1, &self.factor, input)?;
        let lengths = input.axes();
        let output = lengths.iter().zip(&factors);
        let output = output.map(|(length, factor)| length.saturating_mul(*factor)).collect();
        let output = build_shape(output, "the result", "use a smaller `factor`")?;
        let (from, to) = (list_steps(input), list_steps(&output));
        let mut axes = Vec::new();
        for axis in 0..lengths.len() {
            let apart = to[axis] * factors[axis];
            axes.push(Axis { length: lengths[axis], steps: [from[axis], apart] });
            axes.push(Axis { length: factors[axis], steps: [0, to[axis]] });
        }
        Ok(Walk { start: [0; 2], axes, output })
    }

    fn describe(&self) -> (&'static str, &'static str) {
        ("several of each place of", "Σ over the places that it became of")
    }
}
