//! `pad(n)`: zeros around planes.

use std::rc::Rc;

use super::strided::{Axis, Rearrange, Strided, Walk, list_steps, spread_over_planes};
use super::{Layer, Misfit, Op, build_shape};
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

pub const LAYER: Layer = Layer {
    keyword: "pad",
    docs: "`pad(before = n | [rows, columns], after = n | [rows, columns])`: zeros in front of and behind each axis of the planes of a value of `[channels, length]` or `[channels, rows, columns]`. `pad(n)` pads both sides.",
    examples: &["pad(1)", "pad([0, 2])", "pad(before = 1)", "pad(before = [1, 0], after = [0, 2])"],
    example_shape: &[2, 2, 2],
    configure,
};

#[derive(Debug)]
struct Pad {
    before: PerAxis,
    after: PerAxis,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let both = arguments.take_per_axis("both", true)?;
    let (before, after) = (
        arguments.take_per_axis("before", false)?,
        arguments.take_per_axis("after", false)?,
    );
    arguments.check(
        both.is_none() || (before.is_none() && after.is_none()),
        "zeros on both sides, and on one of them",
        "write `pad(2)`, or `pad(before = 2, after = 1)`",
    )?;
    if both.is_none() && before.is_none() && after.is_none() {
        arguments.report_missing("number of zeros", "an integer", "16");
        return None;
    }
    let of_side = |side: Option<PerAxis>| side.or_else(|| both.clone()).unwrap_or(PerAxis::All(0));
    Some(Rc::new(Strided(Pad { before: of_side(before), after: of_side(after) })))
}

impl Rearrange for Pad {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        format!("before = {}, after = {}", self.before, self.after)
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        let before = spread_over_planes(LAYER.keyword, 0, &self.before, input)?;
        let after = spread_over_planes(LAYER.keyword, 0, &self.after, input)?;
        let lengths = input.axes();
        let padded = lengths.iter().zip(before.iter().zip(&after));
        let output: Vec<usize> = padded
            .map(|(length, (before, after))| length.saturating_add(*before).saturating_add(*after))
            .collect();
        let output = build_shape(output, "the result", "pad it with fewer zeros")?;
        let (from, to) = (list_steps(input), list_steps(&output));
        let start = before.iter().zip(&to).map(|(before, step)| before * step).sum();
        let steps = from.iter().zip(&to).zip(lengths);
        let axes = steps.map(|((from, to), length)| Axis { length: *length, steps: [*from, *to] });
        Ok(Walk { start: [0, start], axes: axes.collect(), output })
    }

    fn describe(&self) -> (&'static str, &'static str) {
        ("zeros around", "what is not padding of")
    }
}
