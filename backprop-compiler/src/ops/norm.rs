//! Normalisation of each sample by itself: `layer_norm`, `rms_norm` and `group_norm` are this op with different
//! arguments.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::{Call, Misfit, Obstacle, Op, Parameter, Reads, Streamed, Torch, Wrt};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::functions::number;
use crate::graph::Shape;
use crate::init::Init;
use crate::resolve::{Arguments, Training};

/// What is normalised together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segments {
    /// The innermost axes, so many of them.
    Inner(usize),
    /// The outermost axis in so many parts, each with all axes inside.
    Groups(usize),
}

#[derive(Debug)]
struct Norm {
    keyword: &'static str,
    segments: Segments,
    /// Whether the mean is subtracted.
    centred: bool,
    epsilon: f64,
    weight: bool,
    bias: bool,
    training: Training,
}

/// `layer_norm(axes, ..)`, or `rms_norm(axes, ..)`, which subtracts no mean and has no bias.
pub fn configure_inner(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    centred: bool,
) -> Option<Rc<dyn Op>> {
    let axes = arguments.take_size_or("axes", 1);
    finish(arguments, keyword, axes.map(Segments::Inner), centred)
}

/// `group_norm(groups, ..)`
pub fn configure_groups(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
) -> Option<Rc<dyn Op>> {
    let groups = arguments.take_size("groups");
    finish(arguments, keyword, groups.map(Segments::Groups), true)
}

fn finish(
    arguments: &mut Arguments<'_>,
    keyword: &'static str,
    segments: Option<Segments>,
    centred: bool,
) -> Option<Rc<dyn Op>> {
    let epsilon = arguments.take_number("eps", 1e-5, 0.0..=1.0);
    let weight = arguments.take_flag("affine", true);
    let bias = centred && arguments.take_flag("bias", true) && weight;
    let training = arguments.take_training(if bias { &["weight", "bias"] } else { &["weight"] });
    let segments = segments?;
    Some(Rc::new(Norm { keyword, segments, centred, epsilon, weight, bias, training }))
}

/// Sizes for a value whose shape is known.
struct Fitted {
    /// Elements that are normalised together.
    length: usize,
    /// Neighbours that share a weight.
    repeat: usize,
    /// How many weights there are.
    weights: usize,
}

impl Norm {
    fn fit(&self, shape: &Shape) -> Result<Fitted, Misfit> {
        let axes = shape.axes();
        match self.segments {
            Segments::Inner(count) if count <= axes.len() => {
                let length = axes[axes.len() - count..].iter().product();
                Ok(Fitted { length, repeat: 1, weights: length })
            }
            Segments::Groups(groups) if axes[0].is_multiple_of(groups) => {
                let (length, repeat) = (shape.count() / groups, shape.count() / axes[0]);
                Ok(Fitted { length, repeat, weights: axes[0] })
            }
            Segments::Inner(count) => Err(Misfit {
                rule: Rule::LayerShape,
                headline: format!(
                    "`{}` of {count} axes does not fit a value of shape {shape}",
                    self.keyword
                ),
                help: format!("give a number of `axes` from 1 to {}", axes.len()),
            }),
            Segments::Groups(groups) => Err(Misfit {
                rule: Rule::GroupCount,
                headline: format!("{groups} groups do not divide {} channels", axes[0]),
                help: "give a number of `groups` that divides the first axis".to_owned(),
            }),
        }
    }

    /// What the kernels are told: how to normalise, and the weight.
    fn emit_norm(&self, call: &Call<'_>) -> TokenStream {
        let Ok(Fitted { length, repeat, .. }) = self.fit(call.input_shapes[0]) else {
            return TokenStream::new();
        };
        let (length, repeat, centred) = (size(length), size(repeat), self.centred);
        let epsilon = number(self.epsilon);
        quote!(rt::norm::Norm { length: #length, repeat: #repeat, centred: #centred, epsilon: #epsilon })
    }

    fn emit_weight(&self, call: &Call<'_>) -> TokenStream {
        call.parameters.first().cloned().unwrap_or_else(|| quote!(&[1.0]))
    }
}

impl Op for Norm {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn settings(&self) -> String {
        let mut settings = match self.segments {
            Segments::Inner(1) => Vec::new(),
            Segments::Inner(count) | Segments::Groups(count) => vec![count.to_string()],
        };
        if (self.epsilon - 1e-5).abs() > 0.0 {
            settings.push(format!("eps = {:?}", self.epsilon));
        }
        if !self.weight {
            settings.push("affine = false".to_owned());
        } else if self.centred && !self.bias {
            settings.push("bias = false".to_owned());
        }
        settings.join(", ")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        self.fit(inputs[0])?;
        Ok(inputs[0].clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().cloned()
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let Ok(Fitted { weights, .. }) = self.fit(inputs[0]) else { return Vec::new() };
        let axes = inputs[0].axes();
        let torch = match self.segments {
            Segments::Inner(count) => &axes[axes.len() - count..],
            Segments::Groups(_) => &axes[..1],
        };
        let parameter = |name: &'static str, init: Init| Parameter {
            name,
            shape: vec![weights],
            trainable: self.training.trains(name),
            statistic: false,
            init: Some(init),
            fan_in: 1,
            fan_out: 1,
            torch: Torch::in_order(name, torch),
        };
        let weight = self.weight.then(|| parameter("weight", Init::Constant(1.0)));
        let bias = self.bias.then(|| parameter("bias", Init::ZEROS));
        weight.into_iter().chain(bias).collect()
    }

    fn stream(&self, inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        match self.segments {
            Segments::Inner(count) => Streamed::itself_if(axis + count < inputs[0].rank(), axis),
            Segments::Groups(_) => Err("normalises over all steps"),
        }
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(1) => Reads::NOTHING,
            _ => Reads::INPUT,
        }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (norm, weight) = (self.emit_norm(call), self.emit_weight(call));
        let (x, y) = (&call.inputs[0], &call.output);
        let bias = call.parameters.get(1).cloned().unwrap_or_else(|| quote!(&[0.0]));
        quote!(rt::norm::forward(#norm, #x, (#weight, #bias), #y);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (norm, weight) = (self.emit_norm(call), self.emit_weight(call));
        let Call { inputs, store, delta, gradient, .. } = call;
        let x = &inputs[0];
        quote!(rt::norm::input_gradient(#norm, #store, #x, #weight, #delta, #gradient);)
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let (norm, x, delta, sink) =
            (self.emit_norm(call), &call.inputs[0], &call.delta, &call.sink);
        match parameter {
            0 => quote!(rt::norm::weight_gradient(#norm, #x, #delta, #sink);),
            _ => quote!(rt::norm::bias_gradient(#norm, #delta, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let Ok(Fitted { length, repeat, weights }) = self.fit(shapes[0]) else {
            return vec![0.0; output.count()];
        };
        let mut result = Vec::with_capacity(output.count());
        for segment in inputs[0].chunks(length) {
            let n = length as f64;
            let mean = if self.centred { segment.iter().sum::<f64>() / n } else { 0.0 };
            let variance = segment.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
            for x in segment {
                let index = result.len() / repeat % weights;
                let weight = parameters.first().map_or(1.0, |weight| weight[index]);
                let bias = parameters.get(1).map_or(0.0, |bias| bias[index]);
                result.push((x - mean) / (variance + self.epsilon).sqrt() * weight + bias);
            }
        }
        result
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let (x, epsilon) = (inputs[0], self.epsilon);
        let normal = match self.centred {
            true => format!("({x} - mean {x}) / √(var {x} + {epsilon})"),
            false => format!("{x} / √(mean {x}² + {epsilon})"),
        };
        let weight = if self.weight { format!(" ⊙ {layer}.weight") } else { String::new() };
        let bias = if self.bias { format!(" + {layer}.bias") } else { String::new() };
        format!("{output} = {normal}{weight}{bias}")
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        let (x, weight) =
            (inputs[0], if self.weight { format!(" ⊙ {layer}.weight") } else { String::new() });
        match wrt {
            Wrt::Input(_) => {
                let mean = if self.centred { " - mean g" } else { "" };
                format!(
                    "dJ/d{x} = (g{mean} - n ⊙ mean (g ⊙ n)) / σ, with g = dJ/d{output}{weight} and n = {x} normalised"
                )
            }
            Wrt::Parameter(0) => format!("dJ/d{layer}.weight = Σ dJ/d{output} ⊙ {x} normalised"),
            Wrt::Parameter(_) => format!("dJ/d{layer}.bias = Σ dJ/d{output}"),
        }
    }
}
