//! `sum`, `mean` and `max` over axes.

use std::rc::Rc;

use super::strided::{Axis, Rearrange, Strided, Walk, find_axis, list_steps};
use super::{Misfit, Op, build_shape};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

#[derive(Debug)]
struct Reduce {
    keyword: &'static str,
    averages: bool,
    /// Those that are summed over: all, unless they are named.
    axes: Option<PerAxis>,
}

/// `sum(axis)` or `mean(axis)`.
pub fn configure(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    averages: bool,
) -> Option<Rc<dyn Op>> {
    let axes = take_axes(arguments)?;
    Some(Rc::new(Strided(Reduce { keyword, averages, axes })))
}

/// The axes that go: all, unless they are named.
pub fn take_axes(arguments: &mut Arguments<'_>) -> Option<Option<PerAxis>> {
    arguments.take_per_axis("axis", true)
}

/// As they would be written.
pub fn write_axes(axes: Option<&PerAxis>) -> String {
    axes.map(|axes| format!("axis = {axes}")).unwrap_or_default()
}

/// Every element of the operand, and the one of the result that it goes into.
pub fn arrange(keyword: &str, axes: Option<&PerAxis>, input: &Shape) -> Result<Walk, Misfit> {
    let lengths = input.axes();
    let mut gone = vec![axes.is_none(); lengths.len()];
    for axis in axes.into_iter().flat_map(PerAxis::as_slice) {
        let axis = find_axis(keyword, *axis, input)?;
        if gone[axis] {
            return Err(Misfit {
                rule: Rule::AxisOrder,
                headline: format!("axis {axis} is named twice"),
                help: "name each axis once".to_owned(),
            });
        }
        gone[axis] = true;
    }
    let axes = lengths.iter().zip(&gone);
    let mut output: Vec<usize> =
        axes.filter(|(_, gone)| !**gone).map(|(length, _)| *length).collect();
    if output.is_empty() {
        output.push(1);
    }
    let output = build_shape(output, "the result", "name more axes")?;
    let from = list_steps(input);
    let mut left = list_steps(&output).into_iter();
    let axes = (0..lengths.len()).map(|axis| {
        let to = if gone[axis] { 0 } else { left.next().unwrap_or(1) };
        Axis { length: lengths[axis], steps: [from[axis], to] }
    });
    Ok(Walk { start: [0; 2], axes: axes.collect(), output })
}

impl Rearrange for Reduce {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        write_axes(self.axes.as_ref())
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        arrange(self.keyword, self.axes.as_ref(), input)
    }

    fn averages(&self) -> bool {
        self.averages
    }

    fn describe(&self) -> (&'static str, &'static str) {
        if self.averages {
            ("the mean of", "1/n for each of n of")
        } else {
            ("Σ", "for each term")
        }
    }
}
