//! `max`: the largest over axes. Its gradient goes to the element that it was.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::stream::WHOLE;
use super::strided::{Axis, Walk};
use super::{Call, Layer, Misfit, Obstacle, Op, Reads, Streamed, Wrt, reduce};
use crate::graph::Shape;
use crate::resolve::{Arguments, PerAxis};

pub const LAYER: Layer = Layer {
    keyword: "max",
    docs: "`max(axis = n | [n, m])`: the largest over an axis, or several, counted from 0, which are gone from the shape; over all of them without an argument. Of several that are the largest the first gets the gradient.",
    examples: &["max", "max(1)", "max([0, 2])"],
    example_shape: &[2, 3, 2],
    configure,
};

/// The axes that go, unless all do.
#[derive(Debug)]
struct Max(Option<PerAxis>);

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Max(reduce::take_axes(arguments)?)))
}

impl Max {
    fn arrange(&self, input: &Shape) -> Result<Walk, Misfit> {
        reduce::arrange(LAYER.keyword, self.0.as_ref(), input)
    }

    /// Two walks, one inside the other: along the axes that stay, and along those that go.
    fn emit_walks(&self, input: &Shape) -> TokenStream {
        let Ok(walk) = self.arrange(input) else { return TokenStream::new() };
        let choose = |stays: bool| {
            let is_chosen = |axis: &Axis| (axis.steps[1] > 0) == stays;
            let axes = walk.axes.iter().copied().filter(is_chosen).collect();
            Walk { axes, ..walk.clone() }.simplify().emit()
        };
        let (kept, gone) = (choose(true), choose(false));
        quote!((#kept, #gone))
    }
}

impl Op for Max {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        reduce::write_axes(self.0.as_ref())
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(self.arrange(inputs[0])?.output)
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        self.arrange(inputs[0]).map_err(|_| WHOLE)?.stream(inputs[0], axis)
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        Reads::BOTH
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (walks, x, y) = (self.emit_walks(call.input_shapes[0]), &call.inputs[0], &call.output);
        quote!(rt::strided::max_forward(#walks, #x, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (walks, store) = (self.emit_walks(call.input_shapes[0]), &call.store);
        let (x, y) = (&call.inputs[0], &call.output);
        let (delta, dx) = (&call.delta, &call.gradient);
        quote!(rt::strided::max_backward(#walks, #store, (#x, #y), #delta, #dx);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let mut largest = vec![f64::NEG_INFINITY; output.count()];
        let pairs = self.arrange(shapes[0]).map(|walk| walk.list_pairs()).unwrap_or_default();
        for [source, target] in pairs {
            largest[target] = largest[target].max(inputs[0][source]);
        }
        largest
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = max {}", inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} where {0} is the largest, 0 elsewhere", inputs[0])
    }
}
