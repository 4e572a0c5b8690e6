//! `dense(units)`: every output is a weighted sum of every input, plus a bias.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::weights::{Fans, Weights};
use super::{Call, Layer, Misfit, Op, Parameter, Reads, Wrt};
use crate::diagnostics::Rule;
use crate::graph::{Code, Shape};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "dense",
    docs: "`dense(units)`: `[n]` to `[units]`, y = x W + b. Arguments: `bias = true | false`, `init` and `bias_init` (an initialiser, such as `he_normal` or `normal(std = 0.02)`; biases start at zero), `trainable = true | false | weight | bias`, `code = small | fast`.",
    examples: &["dense(4)", "dense(3, bias = false)", "dense(5, code = small)"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Dense {
    units: usize,
    weights: Weights,
    code: Option<Code>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let units = arguments.take_size("units");
    let weights = Weights::take(arguments)?;
    let code = arguments.take_code();
    Some(Rc::new(Dense { units: units?, weights, code }))
}

impl Op for Dense {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        format!("{}{}", self.units, self.weights.settings())
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let shape = inputs[0];
        if shape.rank() != 1 {
            return Err(Misfit {
                rule: Rule::LayerRank,
                headline: format!("`dense` needs a value of one axis, but this one is {shape}"),
                help: "put `flatten ->` before it".to_owned(),
            });
        }
        Ok(Shape::flat(self.units))
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn code(&self) -> Option<Code> {
        self.code
    }

    fn recover_shape(&self, _inputs: &[Option<&Shape>]) -> Option<Shape> {
        Some(Shape::flat(self.units))
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let (fan_in, fan_out) = (inputs[0].count(), self.units);
        self.weights.list([fan_in, fan_out], fan_out, Fans { fan_in, fan_out })
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(0) => Reads { inputs: &[0], output: false },
            _ => Reads::NOTHING,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], _output: &Shape) -> u64 {
        (inputs[0].count() as u64).saturating_mul(self.units as u64)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        let bias = call.emit_bias();
        quote!(rt::dense::forward(simd, #x, #weight, #bias, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let weight = &call.parameters[0];
        quote!(rt::dense::input_gradient(simd, #store, #delta, #weight, #dx);)
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let (x, delta, sink) = (&call.inputs[0], &call.delta, &call.sink);
        match parameter {
            0 => quote!(rt::dense::weight_gradient(simd, #x, #delta, #sink);),
            _ => quote!(rt::dense::bias_gradient(simd, #delta, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        (0..self.units)
            .map(|unit| {
                let weights = parameters[0].iter().skip(unit).step_by(self.units);
                let sum: f64 = inputs[0].iter().zip(weights).map(|(x, weight)| x * weight).sum();
                sum + parameters.get(1).map_or(0.0, |bias| bias[unit])
            })
            .collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let bias = self.weights.derive_bias(layer);
        format!("{output} = {} · {layer}.weight{bias}", inputs[0])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        match wrt {
            Wrt::Input(_) => format!("dJ/d{} = dJ/d{output} · {layer}.weightᵀ", inputs[0]),
            Wrt::Parameter(0) => format!("dJ/d{layer}.weight = {}ᵀ · dJ/d{output}", inputs[0]),
            Wrt::Parameter(_) => format!("dJ/d{layer}.bias = dJ/d{output}"),
        }
    }
}
