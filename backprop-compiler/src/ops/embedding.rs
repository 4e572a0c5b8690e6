//! `embedding(units, vocabulary = n)`: rows of a table that is learnt, looked up by their indices.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::elementwise::REALS;
use super::{
    Call, Layer, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Torch, Wrt, build_shape,
};
use crate::graph::Shape;
use crate::init::Init;
use crate::resolve::{Arguments, Training};

pub const LAYER: Layer = Layer {
    keyword: "embedding",
    docs: "`embedding(units, vocabulary = n)`: each element, an index from 0 to below `vocabulary`, becomes that row of a table, a further axis of `units`. Indices are rounded to the nearest; one out of range gives NaN, which no training step accepts. They have no gradient. Arguments: `init` (`normal(std = 1)`, unless it is given), `trainable = true | false`.",
    // Indices are what an input holds: behind other layers there are none.
    examples: &[],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Embedding {
    units: usize,
    vocabulary: usize,
    init: Init,
    training: Training,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let units = arguments.take_size("units");
    let vocabulary = arguments.take_axes("vocabulary", 1, None).map(|axes| axes[0]);
    let init = arguments.take_init("init").unwrap_or(Init::Normal(1.0));
    let training = arguments.take_training(&["weight"]);
    Some(Rc::new(Embedding { units: units?, vocabulary: vocabulary?, init, training }))
}

impl Op for Embedding {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        format!("{}, vocabulary = {}", self.units, self.vocabulary)
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let axes = [inputs[0].axes(), &[self.units]].concat();
        build_shape(axes, "the result", "give fewer `units`")
    }

    fn parameters(&self, _inputs: &[&Shape]) -> Vec<Parameter> {
        vec![Parameter {
            name: "weight",
            shape: vec![self.vocabulary, self.units],
            trainable: self.training.trains("weight"),
            statistic: false,
            init: Some(self.init),
            fan_in: 1,
            fan_out: self.units,
            torch: Torch::in_order("weight", &[self.vocabulary, self.units]),
        }]
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself(axis)
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(_) => Reads::INPUT,
            Wrt::Input(_) => Reads::NOTHING,
        }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y, table) = (&call.inputs[0], &call.output, &call.parameters[0]);
        quote!(rt::embedding::forward(#x, #table, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, dx) = (&call.store, &call.gradient);
        quote!(rt::embedding::input_gradient(#store, #dx);)
    }

    fn emit_parameter_gradient(&self, _parameter: usize, call: &Call<'_>) -> TokenStream {
        let (x, delta, sink) = (&call.inputs[0], &call.delta, &call.sink);
        let (rows, units) =
            (Literal::usize_unsuffixed(self.vocabulary), Literal::usize_unsuffixed(self.units));
        quote!(rt::embedding::table_gradient::<_, _, _, #rows, #units, _, _>(#x, #delta, #sink);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let row = |index: &f64| {
            let nearest = (index + 0.5).floor();
            let is_row = nearest >= 0.0 && nearest < self.vocabulary as f64;
            let start = self.units * nearest as usize;
            match is_row {
                true => parameters[0][start..start + self.units].to_vec(),
                false => vec![f64::NAN; self.units],
            }
        };
        inputs[0].iter().flat_map(row).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        format!("{output} = the rows {} of {layer}.weight", inputs[0])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        match wrt {
            Wrt::Input(_) => format!("dJ/d{} = 0", inputs[0]),
            Wrt::Parameter(_) => format!(
                "dJ/d{layer}.weight = each row the sum of dJ/d{output} where {} names it",
                inputs[0]
            ),
        }
    }
}
