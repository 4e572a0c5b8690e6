//! `slice(start, end)`: a part of an axis.

use core::ops::Range;
use std::rc::Rc;

use super::strided::{Axis, Rearrange, Strided, Walk, find_axis, list_steps};
use super::{Layer, Misfit, Op, build_shape};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "slice",
    docs: "`slice(start = 0, end = length, step = 1, axis = 0)`: the places of an axis from `start` to before `end`, every `step`th of them.",
    examples: &["slice(end = 2)", "slice(start = 1)", "slice(start = 1, end = 4, step = 2)"],
    example_shape: &[4, 2],
    configure,
};

#[derive(Debug)]
struct Slice {
    start: usize,
    end: Option<usize>,
    step: usize,
    axis: usize,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let start = arguments.take_integer("start", 0);
    let end = arguments.has("end", false).then(|| arguments.take_integer("end", 0));
    let step = arguments.take_axes("step", 1, Some(1))?[0];
    let axis = arguments.take_integer("axis", 0);
    Some(Rc::new(Strided(Slice { start, end, step, axis })))
}

/// The places of an axis in a range, every `step`th of them.
pub fn walk_range(
    input: &Shape,
    axis: usize,
    range: Range<usize>,
    step: usize,
) -> Result<Walk, Misfit> {
    let mut output = input.axes().to_vec();
    output[axis] = range.len().div_ceil(step);
    let output = build_shape(output, "the result", "take a smaller part")?;
    let (mut from, to) = (list_steps(input), list_steps(&output));
    let first = range.start * from[axis];
    from[axis] *= step;
    let axes = output.axes().iter().zip(from.iter().zip(&to));
    let axes = axes.map(|(length, (from, to))| Axis { length: *length, steps: [*from, *to] });
    Ok(Walk { start: [first, 0], axes: axes.collect(), output })
}

impl Rearrange for Slice {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        let Self { start, end, step, axis } = self;
        let end = end.map(|end| format!(", end = {end}")).unwrap_or_default();
        format!("start = {start}{end}, step = {step}, axis = {axis}")
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        let axis = find_axis(LAYER.keyword, self.axis, input)?;
        let lengths = input.axes();
        let (start, end) = (self.start, self.end.unwrap_or(lengths[axis]));
        if end > lengths[axis] || start >= end {
            return Err(Misfit {
                rule: Rule::SliceRange,
                headline: format!(
                    "{start} to {end} is no part of an axis of length {}",
                    lengths[axis]
                ),
                help: "`start` is the first place, counted from 0; `end` is the one behind the last"
                    .to_owned(),
            });
        }
        walk_range(input, axis, start..end, self.step)
    }

    fn describe(&self) -> (&'static str, &'static str) {
        ("a part of", "zeros around")
    }
}
