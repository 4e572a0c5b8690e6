//! `batch_norm`: each channel with mean 0 and variance 1, over the samples of a tile in training and by running
//! statistics otherwise.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::{Call, Layer, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Torch, Wrt};
use crate::emit::names::size;
use crate::functions::number;
use crate::graph::Shape;
use crate::init::Init;
use crate::resolve::{Arguments, Training};

pub const LAYER: Layer = Layer {
    keyword: "batch_norm",
    docs: "`batch_norm`: (x - mean) / √(variance + eps) ⊙ weight + bias, of each channel, which is an element of the \
           first axis with all that is inside of it (Ioffe and Szegedy 2015). `train_batch` takes the mean and the \
           variance of each tile, so that the network declares `tile = n;`, learns from batches of whole tiles alone, \
           and has no `train_step`; it moves `running_mean` and `running_var` towards them by `momentum = 0.1`. All \
           other calls go by these two. Arguments: `eps = 1e-5`, `affine = true | false`, `bias = true | false`, \
           `trainable = true | false | weight | bias` (with `false` the running statistics stay what they are, and \
           training goes by them too).",
    examples: &["batch_norm", "batch_norm(momentum = 0.01)", "batch_norm(affine = false)"],
    example_shape: &[4],
    configure,
};

#[derive(Clone, Debug)]
struct BatchNorm {
    epsilon: f64,
    momentum: f64,
    weight: bool,
    bias: bool,
    training: Training,
    /// Whether it goes by its running statistics.
    fixed: bool,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let epsilon = arguments.take_number("eps", 1e-5, 0.0..=1.0);
    let momentum = arguments.take_number("momentum", 0.1, 0.0..=1.0);
    let weight = arguments.take_flag("affine", true);
    let bias = arguments.take_flag("bias", true) && weight;
    let training = arguments.take_training(if bias { &["weight", "bias"] } else { &["weight"] });
    let fixed = matches!(training, Training::Nothing);
    Some(Rc::new(BatchNorm { epsilon, momentum, weight, bias, training, fixed }))
}

/// One of the arrays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Array {
    Weight,
    Bias,
    Mean,
    Variance,
}

impl BatchNorm {
    /// Those that it has, in declared order.
    fn arrays(&self) -> Vec<Array> {
        let weight = self.weight.then_some(Array::Weight);
        let bias = self.bias.then_some(Array::Bias);
        weight.into_iter().chain(bias).chain([Array::Mean, Array::Variance]).collect()
    }

    /// The array in a call, or a constant in the place of one that it does not have.
    fn emit_array(&self, array: Array, call: &Call<'_>) -> TokenStream {
        let channels = size(call.output_shape.axes()[0]);
        match self.arrays().iter().position(|other| *other == array) {
            Some(index) => call.parameters[index].clone(),
            None if array == Array::Weight => quote!(&[1.0; #channels]),
            None => quote!(&[0.0; #channels]),
        }
    }

    /// What normalises the operand.
    fn emit_statistics(&self, call: &Call<'_>) -> TokenStream {
        let epsilon = number(self.epsilon);
        if self.fixed {
            let mean = self.emit_array(Array::Mean, call);
            let variance = self.emit_array(Array::Variance, call);
            return quote! {
                rt::batch_norm::Statistics { mean: #mean, variance: #variance, epsilon: #epsilon }
            };
        }
        let (x, channels) = (&call.inputs[0], size(call.output_shape.axes()[0]));
        quote!(rt::batch_norm::Moments::<_, #channels>::measure(#x).statistics(#epsilon))
    }

    fn fix(&self) -> Option<Rc<dyn Op>> {
        (!self.fixed).then(|| -> Rc<dyn Op> { Rc::new(Self { fixed: true, ..self.clone() }) })
    }
}

impl Op for BatchNorm {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        let mut settings = Vec::new();
        if (self.epsilon - 1e-5).abs() > 0.0 {
            settings.push(format!("eps = {:?}", self.epsilon));
        }
        if !self.weight {
            settings.push("affine = false".to_owned());
        } else if !self.bias {
            settings.push("bias = false".to_owned());
        }
        settings.join(", ")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(inputs[0].clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().cloned()
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let describe = |array: Array| {
            let (name, start, trainable, statistic) = match array {
                Array::Weight => ("weight", 1.0, self.training.trains("weight"), false),
                Array::Bias => ("bias", 0.0, self.training.trains("bias"), false),
                Array::Mean => ("running_mean", 0.0, self.training != Training::Nothing, true),
                Array::Variance => ("running_var", 1.0, self.training != Training::Nothing, true),
            };
            let (shape, init) = (vec![inputs[0].axes()[0]], Some(Init::Constant(start)));
            let mut torch = Torch::in_order(name, &shape);
            if matches!(array, Array::Variance) {
                torch = torch.counted_by("num_batches_tracked");
            }
            Parameter { name, shape, trainable, statistic, init, fan_in: 1, fan_out: 1, torch }
        };
        self.arrays().into_iter().map(describe).collect()
    }

    fn for_inference(&self) -> Option<Rc<dyn Op>> {
        self.fix()
    }

    fn for_single_samples(&self) -> Option<Rc<dyn Op>> {
        self.fix()
    }

    fn takes_tile_statistics(&self) -> bool {
        !self.fixed
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        // Behind the first axis, whose elements have statistics of their own.
        Streamed::itself_if(self.fixed && axis > 0, axis)
    }

    fn in_place_operands(&self) -> &'static [usize] {
        if self.fixed { &[0] } else { &[] }
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Input(_) if self.fixed => Reads::NOTHING,
            Wrt::Parameter(index) if self.arrays()[index] == Array::Bias => Reads::NOTHING,
            _ => Reads::INPUT,
        }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (statistics, x, y) = (self.emit_statistics(call), &call.inputs[0], &call.output);
        let weight = self.emit_array(Array::Weight, call);
        let bias = self.emit_array(Array::Bias, call);
        match call.in_place {
            Some(_) => {
                quote!(rt::batch_norm::forward_in_place(#statistics, (#weight, #bias), #y);)
            }
            None => quote!(rt::batch_norm::forward(#statistics, #x, (#weight, #bias), #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let statistics = self.emit_statistics(call);
        let weight = self.emit_array(Array::Weight, call);
        let Call { inputs, store, delta, gradient, .. } = call;
        let x = &inputs[0];
        if self.fixed {
            return quote! {
                rt::batch_norm::fixed_input_gradient(#statistics, #store, #weight, #delta, #gradient);
            };
        }
        quote! {
            rt::batch_norm::input_gradient(#statistics, #store, #x, #weight, #delta, #gradient);
        }
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, delta, sink, share, .. } = call;
        let (x, momentum) = (&inputs[0], number(self.momentum));
        let running = &call.parameters[parameter];
        let approach = quote!(rt::batch_norm::Move { momentum: #momentum, share: #share });
        match self.arrays()[parameter] {
            Array::Weight => {
                let statistics = self.emit_statistics(call);
                quote!(rt::batch_norm::weight_gradient(#statistics, #x, #delta, #sink);)
            }
            Array::Bias => quote!(rt::batch_norm::bias_gradient(#delta, #sink);),
            Array::Mean => quote!(#approach.put_mean(#x, #running, #sink);),
            Array::Variance => quote!(#approach.put_variance(#x, #running, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let plane = shapes[0].count() / shapes[0].axes()[0];
        let arrays = self.arrays();
        let find = |array: Array, channel: usize, otherwise: f64| {
            let index = arrays.iter().position(|other| *other == array);
            index.map_or(otherwise, |index| parameters[index][channel])
        };
        let normalise = |(index, x): (usize, &f64)| {
            let channel = index / plane;
            let mean = find(Array::Mean, channel, 0.0);
            let deviation = (find(Array::Variance, channel, 1.0) + self.epsilon).sqrt();
            let weight = find(Array::Weight, channel, 1.0);
            (x - mean) / deviation * weight + find(Array::Bias, channel, 0.0)
        };
        inputs[0].iter().enumerate().map(normalise).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let (x, epsilon) = (inputs[0], self.epsilon);
        let (mean, variance) = match self.fixed {
            true => (format!("{layer}.running_mean"), format!("{layer}.running_var")),
            false => (format!("mean {x}"), format!("var {x}")),
        };
        let weight = if self.weight { format!(" ⊙ {layer}.weight") } else { String::new() };
        let bias = if self.bias { format!(" + {layer}.bias") } else { String::new() };
        format!("{output} = ({x} - {mean}) / √({variance} + {epsilon}){weight}{bias}")
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        let x = inputs[0];
        let weight = if self.weight { format!(" ⊙ {layer}.weight") } else { String::new() };
        let array = match wrt {
            Wrt::Input(_) if self.fixed => {
                let epsilon = self.epsilon;
                return format!(
                    "dJ/d{x} = dJ/d{output}{weight} / √({layer}.running_var + {epsilon})"
                );
            }
            Wrt::Input(_) => {
                return format!(
                    "dJ/d{x} = (g - mean g - n ⊙ mean (g ⊙ n)) / σ, with g = dJ/d{output}{weight} and n = {x} normalised"
                );
            }
            Wrt::Parameter(index) => self.arrays()[index],
        };
        let momentum = self.momentum;
        match array {
            Array::Weight => format!("dJ/d{layer}.weight = Σ dJ/d{output} ⊙ {x} normalised"),
            Array::Bias => format!("dJ/d{layer}.bias = Σ dJ/d{output}"),
            Array::Mean => {
                format!("{layer}.running_mean moves by {momentum} towards mean {x}")
            }
            Array::Variance => {
                format!("{layer}.running_var moves by {momentum} towards var {x}, without bias")
            }
        }
    }
}
