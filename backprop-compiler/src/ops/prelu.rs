//! `prelu`: a leaky ReLU whose slopes below zero are learnt.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Call, Layer, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Torch, Wrt};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::init::Init;
use crate::resolve::{Arguments, Training};

pub const LAYER: Layer = Layer {
    keyword: "prelu",
    docs: "`prelu(num_parameters = 1)`: x above zero, slope x below, where the slopes are learnt: one \
           for all, or one for each element of the first axis (He et al. 2015). They start at `init`, \
           0.25. Also `trainable = true | false`.",
    examples: &["prelu"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Prelu {
    slopes: usize,
    init: Init,
    training: Training,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let slopes = arguments.take_size_or("num_parameters", 1);
    let start = arguments.take_number("init", 0.25, -1e3..=1e3);
    let training = arguments.take_training(&["weight"]);
    Some(Rc::new(Prelu { slopes: slopes?, init: Init::Constant(start), training }))
}

impl Prelu {
    fn emit_inner(&self, call: &Call<'_>) -> Literal {
        Literal::usize_unsuffixed(call.output_shape.count() / self.slopes)
    }
}

impl Op for Prelu {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.slopes.to_string()
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let (shape, slopes) = (inputs[0], self.slopes);
        if slopes != 1 && slopes != shape.axes()[0] {
            return Err(Misfit {
                rule: Rule::LayerShape,
                headline: format!("`prelu` has {slopes} slopes for a value of {shape}"),
                help: format!(
                    "write `prelu` for one slope, or `prelu({})` for one for each element of the \
                     first axis",
                    shape.axes()[0]
                ),
            });
        }
        Ok(shape.clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().cloned()
    }

    fn parameters(&self, _inputs: &[&Shape]) -> Vec<Parameter> {
        vec![Parameter {
            name: "weight",
            shape: vec![self.slopes],
            trainable: self.training.trains("weight"),
            statistic: false,
            init: Some(self.init),
            fan_in: 1,
            fan_out: 1,
            torch: Torch::in_order("weight", &[self.slopes]),
        }]
    }

    fn init_before(&self) -> Option<Init> {
        Some(Init::HE_UNIFORM)
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        // Each element of the first axis may have a slope of its own.
        Streamed::itself_if(self.slopes == 1 || axis > 0, axis)
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        Reads::INPUT
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y, slopes, inner) =
            (&call.inputs[0], &call.output, &call.parameters[0], self.emit_inner(call));
        quote!(rt::prelu::forward::<_, _, #inner, _, _>(#x, #slopes, #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, parameters, store, delta, gradient, .. } = call;
        let (x, slopes, inner) = (&inputs[0], &parameters[0], self.emit_inner(call));
        quote! {
            rt::prelu::input_gradient::<_, _, _, #inner, _, _>(#store, #x, #slopes, #delta, #gradient);
        }
    }

    fn emit_parameter_gradient(&self, _parameter: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, delta, sink, .. } = call;
        let (x, inner) = (&inputs[0], self.emit_inner(call));
        quote!(rt::prelu::slope_gradient::<_, _, #inner, _, _>(#x, #delta, #sink);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let inner = output.count() / self.slopes;
        let slope = |(index, x): (usize, &f64)| {
            if *x > 0.0 { *x } else { parameters[0][index / inner] * x }
        };
        inputs[0].iter().enumerate().map(slope).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        format!("{output} = max(0, {x}) + {layer}.weight min(0, {x})", x = inputs[0])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        let x = inputs[0];
        match wrt {
            Wrt::Input(_) => {
                format!("dJ/d{x} = dJ/d{output} ⊙ ([{x} > 0] + {layer}.weight [{x} ≤ 0])")
            }
            Wrt::Parameter(_) => {
                format!("dJ/d{layer}.weight = Σ dJ/d{output} ⊙ min(0, {x})")
            }
        }
    }
}
