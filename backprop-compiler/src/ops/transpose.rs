//! `transpose`: the same values with their axes in another order.

use std::rc::Rc;

use super::strided::{Axis, Rearrange, Strided, Walk, list_steps};
use super::{Layer, Misfit, Op, build_shape};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

pub const LAYER: Layer = Layer {
    keyword: "transpose",
    docs: "`transpose`: rows become columns. `transpose([2, 0, 1])`: axis 2 of the value comes first, then its axes 0 and 1.",
    examples: &["transpose", "transpose([1, 0])"],
    example_shape: &[2, 3],
    configure,
};

#[derive(Debug)]
struct Transpose {
    /// The axis of the operand that each axis of the result is; none for two that change places.
    order: Option<PerAxis>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let order = arguments.take_per_axis("order", true)?;
    Some(Rc::new(Strided(Transpose { order })))
}

impl Rearrange for Transpose {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.order.as_ref().map(|order| format!("order = {order}")).unwrap_or_default()
    }

    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        let rank = input.rank();
        let order = match &self.order {
            None if rank == 2 => vec![1, 0],
            None => {
                return Err(Misfit {
                    rule: Rule::AxisOrder,
                    headline: format!("which axes of {input} change places is not said"),
                    help: format!(
                        "a value of two axes needs no order; for this one list all of its axes, such as `transpose({:?})`",
                        (0..rank).rev().collect::<Vec<_>>()
                    ),
                });
            }
            Some(order) => order.as_slice().to_vec(),
        };
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..rank) {
            return Err(Misfit {
                rule: Rule::AxisOrder,
                headline: format!("{order:?} is not an order of the axes of {input}"),
                help: format!(
                    "name each of the axes 0 to {} once: the one that comes first, and so on",
                    rank - 1
                ),
            });
        }
        let axes = input.axes();
        let output = order.iter().map(|axis| axes[*axis]).collect();
        let output = build_shape(output, "the result", "use fewer axes")?;
        let (from, to) = (list_steps(input), list_steps(&output));
        let loops = order.iter().zip(&to);
        let loops = loops.map(|(axis, to)| Axis { length: axes[*axis], steps: [from[*axis], *to] });
        Ok(Walk { start: [0; 2], axes: loops.collect(), output })
    }

    fn describe(&self) -> (&'static str, &'static str) {
        ("other axes first in", "the axes in the order before of")
    }
}
