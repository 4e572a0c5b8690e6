//! `positions`: a learned vector for each step of a sequence, added to it.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::recurrent::check_sequence;
use super::{Call, Layer, Misfit, Op, Parameter, Torch, Wrt};
use crate::graph::Shape;
use crate::init::Init;
use crate::resolve::{Arguments, Training};

pub const LAYER: Layer = Layer {
    keyword: "positions",
    docs: "`positions`: `[steps, features]` to the same, a learned vector added to each step, so that `attention` can tell \
           one from another (Gehring et al. 2017). Arguments: `init` (without it normal, of a standard deviation of 0.02) \
           and `trainable = true | false`.",
    examples: &["positions", "positions(init = zeros)"],
    example_shape: &[3, 4],
    configure,
};

#[derive(Debug)]
struct Positions {
    init: Init,
    training: Training,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let init = arguments.take_init("init").unwrap_or(Init::Normal(0.02));
    let training = arguments.take_training(&["weight"]);
    Some(Rc::new(Positions { init, training }))
}

impl Op for Positions {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        check_sequence(LAYER.keyword, inputs[0])?;
        Ok(inputs[0].clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().filter(|shape| shape.rank() == 2).cloned()
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        vec![Parameter {
            name: "weight",
            shape: inputs[0].axes().to_vec(),
            trainable: self.training.trains("weight"),
            statistic: false,
            init: Some(self.init),
            fan_in: 1,
            fan_out: 1,
            // PyTorch has no such module: whoever writes one there adds an `nn.Parameter`.
            torch: Torch::alone(inputs[0].axes()),
        }]
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0]
    }

    fn gradient_in_place(&self, _operand: usize) -> bool {
        true
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y, weight) = (&call.inputs[0], &call.output, &call.parameters[0]);
        match call.in_place {
            Some(_) => quote!(rt::positions::forward_in_place(#weight, #y);),
            None => quote!(rt::positions::forward(#x, #weight, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        match call.in_place {
            Some(_) => TokenStream::new(),
            None => quote!(rt::join::copy(#store, #delta, #dx);),
        }
    }

    fn emit_parameter_gradient(&self, _parameter: usize, call: &Call<'_>) -> TokenStream {
        let (delta, sink) = (&call.delta, &call.sink);
        quote!(rt::positions::weight_gradient(#delta, #sink);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().zip(parameters[0]).map(|(x, weight)| x + weight).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        format!("{output} = {} + {layer}.weight", inputs[0])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        match wrt {
            Wrt::Input(_) => format!("dJ/d{} = dJ/d{output}", inputs[0]),
            Wrt::Parameter(_) => format!("dJ/d{layer}.weight = dJ/d{output}"),
        }
    }
}
