//! What slices, transpositions, padding, upsampling and sums over axes share: values are moved along steps, and their
//! gradients go the same way back.

use core::fmt::Debug;
use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::stream::WHOLE;
use super::{Call, Misfit, Obstacle, Op, Streamed, Wrt};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::PerAxis;

/// One of the loops that come to every pair of places.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    /// How often it turns.
    pub length: usize,
    /// How far a turn moves the place that is read, and the one that is written.
    pub steps: [usize; 2],
}

/// Which place of the operand is moved to, or added to, which of the result.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The first place that is read, and the first that is written.
    pub start: [usize; 2],
    /// The loops, the outermost first.
    pub axes: Vec<Axis>,
    /// The shape of the result.
    pub output: Shape,
}

/// The steps between neighbours along each axis.
pub fn list_steps(shape: &Shape) -> Vec<usize> {
    let axes = shape.axes();
    let mut steps = vec![1; axes.len()];
    for axis in (1..axes.len()).rev() {
        steps[axis - 1] = steps[axis] * axes[axis];
    }
    steps
}

/// An axis that a value of this shape has.
pub fn find_axis(keyword: &str, axis: usize, shape: &Shape) -> Result<usize, Misfit> {
    if axis < shape.rank() {
        return Ok(axis);
    }
    Err(Misfit {
        rule: Rule::AxisRange,
        headline: format!("`{keyword}` names axis {axis}, but {shape} has no such axis"),
        help: match shape.rank() {
            1 => "a value of one axis has none but axis 0".to_owned(),
            rank => format!("axes are counted from 0: give one from 0 to {}", rank - 1),
        },
    })
}

/// A number for each axis of a value of planes: the one of its channels, and what is said of each axis behind them.
pub fn spread_over_planes(
    keyword: &str,
    of_channels: usize,
    sizes: &PerAxis,
    shape: &Shape,
) -> Result<Vec<usize>, Misfit> {
    let planes = shape.rank() - 1;
    if planes == 0 {
        return Err(Misfit {
            rule: Rule::LayerRank,
            headline: format!(
                "`{keyword}` needs a value of channels and planes, but this one is {shape}"
            ),
            help: "put `reshape([1, N]) ->` before the layer".to_owned(),
        });
    }
    let of_planes = sizes.for_axes(planes).ok_or_else(|| Misfit {
        rule: Rule::LayerShape,
        headline: format!(
            "`{keyword}` was given {sizes}, but {shape} has {planes} behind its channels",
            planes = if planes == 1 { "1 axis".to_owned() } else { format!("{planes} axes") }
        ),
        help: "give one number for all axes behind the channels, or one for each".to_owned(),
    })?;
    Ok([vec![of_channels], of_planes].concat())
}

impl Walk {
    /// The same places in fewer loops: those that turn once go, and neighbours that step as one become one.
    pub fn simplify(mut self) -> Self {
        self.axes.retain(|axis| axis.length > 1);
        let mut merged: Vec<Axis> = Vec::new();
        for inner in self.axes {
            match merged.last_mut() {
                Some(outer)
                    if (0..2).all(|side| outer.steps[side] == inner.steps[side] * inner.length) =>
                {
                    *outer = Axis { length: outer.length * inner.length, ..inner };
                }
                _ => merged.push(inner),
            }
        }
        if merged.is_empty() {
            merged.push(Axis { length: 1, steps: [1, 1] });
        }
        Self { axes: merged, ..self }
    }

    fn reverse(mut self) -> Self {
        self.start.reverse();
        for axis in &mut self.axes {
            axis.steps.reverse();
        }
        self
    }

    /// Whether each of `count` places is written once.
    fn covers(&self, count: usize) -> bool {
        let moves = self.axes.iter().all(|axis| axis.length == 1 || axis.steps[1] > 0);
        moves && self.axes.iter().map(|axis| axis.length).product::<usize>() == count
    }

    /// The layer goes along with time, if it takes every step of this axis of the operand to the same step of the result.
    ///
    /// # Errors
    ///
    /// If it moves or joins steps.
    pub fn stream(&self, input: &Shape, axis: usize) -> Result<Streamed, Obstacle> {
        let (steps, from) = (input.axes()[axis], list_steps(input)[axis]);
        let walked = self.axes.iter().find(|one| one.length == steps && one.steps[0] == from);
        let lengths = self.output.axes();
        let to = list_steps(&self.output);
        let is_time = |axis: &usize| {
            lengths[*axis] == steps && walked.is_some_and(|one| one.steps[1] == to[*axis])
        };
        (0..to.len()).find(is_time).map_or(Err(WHOLE), Streamed::itself)
    }

    /// As the runtime is told.
    pub fn emit(&self) -> TokenStream {
        let literals = |value: fn(&Axis) -> usize| -> TokenStream {
            let values = self.axes.iter().map(|axis| Literal::usize_unsuffixed(value(axis)));
            quote!([#(#values),*])
        };
        let lengths = literals(|axis| axis.length);
        let (sources, targets) = (literals(|axis| axis.steps[0]), literals(|axis| axis.steps[1]));
        let [source, target] = self.start.map(Literal::usize_unsuffixed);
        quote! {
            &rt::strided::Walk {
                lengths: #lengths,
                source: #source,
                source_steps: #sources,
                target: #target,
                target_steps: #targets,
            }
        }
    }

    /// The pairs of places.
    pub fn list_pairs(&self) -> Vec<[usize; 2]> {
        let mut pairs = vec![self.start];
        for Axis { length, steps } in &self.axes {
            pairs = pairs
                .iter()
                .flat_map(|[source, target]| {
                    let pair = move |turn| [source + turn * steps[0], target + turn * steps[1]];
                    (0..*length).map(pair)
                })
                .collect();
        }
        pairs
    }
}

/// What makes one such layer differ from another.
pub trait Rearrange: Debug {
    /// The keyword.
    fn keyword(&self) -> &'static str;

    /// The arguments that the topology depends on, as they would be written.
    fn settings(&self) -> String;

    /// What moves where.
    ///
    /// # Errors
    ///
    /// If the layer does not fit a value of this shape.
    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit>;

    /// What gives one of several names its part of the operand, if the layer splits it.
    fn take_part(&self, _part: usize, _parts: usize) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// Whether each result is divided by the number of values that it sums.
    fn averages(&self) -> bool {
        false
    }

    /// What the formulas say in front of the operand's name, and of its gradient.
    fn describe(&self) -> (&'static str, &'static str);
}

/// The op of a layer that moves values.
#[derive(Debug)]
pub struct Strided<L>(pub L);

impl<L: Rearrange> Strided<L> {
    /// Nothing where the shapes do not fit: then nobody is going to compile it.
    fn walk(&self, input: &Shape) -> Walk {
        let nothing = Walk { start: [0; 2], axes: Vec::new(), output: Shape::flat(1) };
        self.0.arrange(input).unwrap_or(nothing)
    }

    /// The call that moves the values of the first rows to places of the second, of which each has `count`.
    fn emit_call(
        &self,
        call: &Call<'_>,
        (walk, count): (&Walk, usize),
        store: &TokenStream,
        [from, to]: [&TokenStream; 2],
    ) -> TokenStream {
        let (steps, covers) = (walk.emit(), walk.covers(count));
        if self.0.averages() {
            let summed = call.input_shapes[0].count() / call.output_shape.count();
            let summed = Literal::usize_unsuffixed(summed);
            quote!(rt::strided::move_means((#steps, #summed), #store, #covers, #from, #to);)
        } else {
            quote!(rt::strided::move_values(#steps, #store, #covers, #from, #to);)
        }
    }
}

impl<L: Rearrange + 'static> Op for Strided<L> {
    fn keyword(&self) -> &'static str {
        self.0.keyword()
    }

    fn settings(&self) -> String {
        self.0.settings()
    }

    fn take_part(&self, part: usize, parts: usize) -> Option<Rc<dyn Op>> {
        Some(Rc::new(Self(self.0.take_part(part, parts)?)))
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(self.0.arrange(inputs[0])?.output)
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        self.walk(inputs[0]).stream(inputs[0], axis)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let walk = self.walk(call.input_shapes[0]).simplify();
        let count = call.output_shape.count();
        self.emit_call(call, (&walk, count), &quote!(rt::Set), [&call.inputs[0], &call.output])
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let walk = self.walk(call.input_shapes[0]).simplify().reverse();
        let count = call.input_shapes[0].count();
        self.emit_call(call, (&walk, count), &call.store, [&call.delta, &call.gradient])
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let mut result = vec![0.0; output.count()];
        for [source, target] in self.walk(shapes[0]).list_pairs() {
            result[target] += inputs[0][source];
        }
        if self.0.averages() {
            let count = (inputs[0].len() / result.len()) as f64;
            result.iter_mut().for_each(|sum| *sum /= count);
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {} {}", self.0.describe().0, inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = {} dJ/d{output}", inputs[0], self.0.describe().1)
    }
}
