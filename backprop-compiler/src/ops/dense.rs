//! `dense(units)`: every output is a weighted sum of every input, plus a bias.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::weights::{Fans, SUMMED_ROWS, Weights, multiply_row};
use super::{
    Call, Layer, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Work, Wrt, build_shape,
};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::{Code, Dtype, Shape};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "dense",
    docs: "`dense(units)`: `[n]` to `[units]`, y = x W + b. With `axis = last` each row of the last axis by itself: `[steps, n]` to `[steps, units]`. Arguments: `bias = true | false`, `init` and `bias_init` (an initialiser, such as `he_normal` or `normal(std = 0.02)`; biases start at zero), `trainable = true | false | weight | bias`, `code = small | fast`.",
    examples: &["dense(4)", "dense(3, bias = false)", "dense(5, code = small)", "dense(3, axis = last)"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Dense {
    units: usize,
    /// Whether it is of each row of the last axis, rather than of a value of one axis.
    of_rows: bool,
    weights: Weights,
    code: Option<Code>,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let units = arguments.take_size("units");
    let of_rows = arguments.take_word("axis", &["last"]).is_some();
    let weights = Weights::take(arguments)?;
    let code = arguments.take_code();
    Some(Rc::new(Dense { units: units?, of_rows, weights, code }))
}

impl Dense {
    /// Where its kernels are.
    fn emit_module(&self) -> TokenStream {
        if self.of_rows { quote!(sequence) } else { quote!(dense) }
    }
}

/// How many scalars each product takes.
fn count_features(shape: &Shape, of_rows: bool) -> usize {
    if of_rows { shape.axes()[shape.rank() - 1] } else { shape.count() }
}

impl Op for Dense {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        let axis = if self.of_rows { ", axis = last" } else { "" };
        format!("{}{axis}{}", self.units, self.weights.settings())
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let shape = inputs[0];
        if self.of_rows {
            let mut axes = shape.axes().to_vec();
            axes.pop();
            axes.push(self.units);
            return build_shape(axes, "the result", "use fewer units");
        }
        if shape.rank() != 1 {
            return Err(Misfit {
                rule: Rule::LayerRank,
                headline: format!("`dense` needs a value of one axis, but this one is {shape}"),
                help: format!(
                    "put `flatten ->` before it, or write `dense({}, axis = last)` for each row of the last axis by \
                     itself",
                    self.units
                ),
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
        (!self.of_rows).then(|| Shape::flat(self.units))
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let (fan_in, fan_out) = (count_features(inputs[0], self.of_rows), self.units);
        let fans = Fans { fan_in, fan_out };
        self.weights.list([fan_in, fan_out], &[fan_out, fan_in], fan_out, fans)
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        match (self.of_rows, axis + 1 == inputs[0].rank()) {
            (true, false) => Streamed::itself(axis),
            _ => Err("sums over all steps: with `axis = last` it takes the features of each step by itself"),
        }
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

    fn count_scratch(&self, work: Work, _inputs: &[&Shape], _dtype: Dtype) -> usize {
        let sums_steps = work == Work::Gradient(Wrt::Parameter(0)) && self.of_rows;
        if sums_steps { SUMMED_ROWS * self.units } else { 0 }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        let bias = call.emit_bias();
        let module = self.emit_module();
        quote!(rt::#module::forward(simd, #x, #weight, #bias, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let weight = &call.parameters[0];
        let module = self.emit_module();
        quote!(rt::#module::input_gradient(simd, #store, #delta, #weight, #dx);)
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let (x, delta, sink) = (&call.inputs[0], &call.delta, &call.sink);
        if self.of_rows {
            let features = size(count_features(call.input_shapes[0], true));
            let scratch = &call.scratch;
            return match parameter {
                0 => quote! {
                    let features = rt::sequence::Inputs::<#features>;
                    rt::sequence::weight_gradient(simd, features, #x, #delta, #scratch, #sink);
                },
                _ => quote!(rt::sequence::bias_gradient(#delta, #sink);),
            };
        }
        match parameter {
            0 => quote!(rt::dense::weight_gradient(simd, #x, #delta, #sink);),
            _ => quote!(rt::dense::bias_gradient(simd, #delta, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0]
            .chunks_exact(count_features(shapes[0], self.of_rows))
            .flat_map(|x| multiply_row(x, parameters[0], parameters.get(1).copied()))
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
