//! `attention(heads)`: each step of a sequence takes of the others what fits it.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::elementwise::REALS;
use super::recurrent::{check_sequence, split_sequence};
use super::weights::{SUMMED_ROWS, multiply_row};
use super::{Call, Layer, Misfit, Op, Parameter, Reads, Torch, Work, Wrt};
use crate::diagnostics::Rule;
use crate::emit::names::size;
use crate::graph::{Dtype, Shape};
use crate::init::{Init, Scale};
use crate::resolve::{Arguments, Training};

pub const LAYER: Layer = Layer {
    keyword: "attention",
    docs: "`attention(heads)`: `[steps, features]` to the same, multi-head self-attention (Vaswani et al. 2017) as \
           PyTorch's `MultiheadAttention` has it: softmax(q kᵀ / √n) v of each head, n the features over the heads. \
           Arguments: `causal = true | false` (no step sees one behind it), `bias`, `init` (of both weights; without it \
           Xavier's uniform for q, k and v, and uniform within 1/√features behind them), `bias_init` (zero) and \
           `trainable = true | false`.",
    examples: &["attention(2)", "attention(1, causal = true)", "attention(2, bias = false)"],
    example_shape: &[3, 4],
    configure,
};

/// The parameters, in order.
const PARAMETERS: [&str; 4] =
    ["in_proj_weight", "in_proj_bias", "out_proj_weight", "out_proj_bias"];
/// The same in `MultiheadAttention`, whose second projection is a module of its own.
const TORCH: [&str; 4] = ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"];

#[derive(Clone, Debug)]
struct Attention {
    heads: usize,
    causal: bool,
    bias: bool,
    init: Option<Init>,
    bias_init: Init,
    training: Training,
    /// Whether nothing is saved.
    infers: bool,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let heads = arguments.take_size("heads");
    let causal = arguments.take_flag("causal", false);
    let bias = arguments.take_flag("bias", true);
    let init = arguments.take_init("init");
    let bias_init = arguments.take_bias_init(bias)?;
    let training = arguments.take_training(&[]);
    Some(Rc::new(Attention {
        heads: heads?,
        causal,
        bias,
        init,
        bias_init,
        training,
        infers: false,
    }))
}

impl Attention {
    /// Which of [`PARAMETERS`] it is.
    fn place(&self, parameter: usize) -> usize {
        if self.bias { parameter } else { 2 * parameter }
    }

    fn emit_heads(&self, call: &Call<'_>) -> TokenStream {
        let [steps, features] = split_sequence(call.input_shapes[0]);
        let columns = size(features / self.heads);
        let (steps, features, count) = (size(steps), size(features), size(self.heads));
        let causal = self.causal;
        quote! {
            rt::attention::Heads::<#steps, #columns, #features> { count: #count, causal: #causal }
        }
    }

    fn emit_weights(&self, call: &Call<'_>) -> TokenStream {
        let emit = |place: usize| match (0..4).find(|index| self.place(*index) == place) {
            Some(index) if place.is_multiple_of(2) => call.parameters[index].clone(),
            Some(index) => {
                let bias = &call.parameters[index];
                quote!(::core::option::Option::Some(#bias))
            }
            None => quote!(::core::option::Option::None),
        };
        let [input, input_bias, output, output_bias] = [0, 1, 2, 3].map(emit);
        quote! {
            rt::attention::Weights {
                input: #input,
                input_bias: #input_bias,
                output: #output,
                output_bias: #output_bias,
            }
        }
    }

    /// Scalars of what the forward pass works out, with the probabilities of so many heads.
    fn count_parts(shape: &Shape, heads: usize) -> usize {
        let [steps, features] = split_sequence(shape);
        let of_steps = (4 * features).saturating_mul(steps);
        of_steps.saturating_add(heads.saturating_mul(steps).saturating_mul(steps))
    }
}

impl Op for Attention {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        let causal = if self.causal { ", causal = true" } else { "" };
        let bias = if self.bias { "" } else { ", bias = false" };
        format!("{}{causal}{bias}", self.heads)
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        check_sequence(LAYER.keyword, inputs[0])?;
        let [_, features] = split_sequence(inputs[0]);
        if !features.is_multiple_of(self.heads) {
            return Err(Misfit {
                rule: Rule::GroupCount,
                headline: format!("{} heads do not divide {features} features", self.heads),
                help: "give a number of `heads` that divides the last axis".to_owned(),
            });
        }
        Ok(inputs[0].clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().filter(|shape| shape.rank() == 2).cloned()
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(REALS)
    }

    fn parameters(&self, inputs: &[&Shape]) -> Vec<Parameter> {
        let [_, features] = split_sequence(inputs[0]);
        let columns = [3 * features, 3 * features, features, features];
        let starts = [
            self.init.unwrap_or(Init::ScaledUniform(Scale::Both(6))),
            self.bias_init,
            self.init.unwrap_or(Init::ScaledUniform(Scale::In(1))),
            self.bias_init,
        ];
        let places = (0..4).map(|index| self.place(index)).take_while(|place| *place < 4);
        let list = |place: usize| Parameter {
            name: PARAMETERS[place],
            shape: match place.is_multiple_of(2) {
                true => vec![features, columns[place]],
                false => vec![columns[place]],
            },
            trainable: self.training.trains("weight"),
            statistic: false,
            init: Some(starts[place]),
            fan_in: features,
            fan_out: columns[place],
            torch: match place.is_multiple_of(2) {
                true => Torch::transposed(TORCH[place], &[columns[place], features]),
                false => Torch::in_order(TORCH[place], &[columns[place]]),
            },
        };
        places.map(list).collect()
    }

    fn for_inference(&self) -> Option<Rc<dyn Op>> {
        (!self.infers).then(|| -> Rc<dyn Op> { Rc::new(Self { infers: true, ..self.clone() }) })
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Parameter(0) => Reads::INPUT,
            _ => Reads::NOTHING,
        }
    }

    fn count_saved(&self, inputs: &[&Shape]) -> usize {
        if self.infers { 0 } else { Self::count_parts(inputs[0], self.heads) }
    }

    fn count_scratch(&self, work: Work, inputs: &[&Shape], _dtype: Dtype) -> usize {
        let [steps, features] = split_sequence(inputs[0]);
        let of_head = steps.saturating_mul(features / self.heads);
        match work {
            // q, k and v of a head.
            Work::Forward if !self.infers => 3 * of_head,
            Work::Forward => Self::count_parts(inputs[0], 1).saturating_add(3 * of_head),
            // The delta of the context; of a head q, k, v, its delta, a result, and the deltas of its scores.
            Work::Delta => steps * features + 5 * of_head + steps.saturating_mul(steps),
            Work::Gradient(Wrt::Parameter(index)) if self.place(index) == 0 => {
                SUMMED_ROWS * 3 * features
            }
            Work::Gradient(Wrt::Parameter(index)) if self.place(index) == 2 => {
                SUMMED_ROWS * features
            }
            Work::Gradient(_) => 0,
        }
    }

    fn count_macs(&self, inputs: &[&Shape], _output: &Shape) -> u64 {
        let [steps, features] = split_sequence(inputs[0]).map(|count| count as u64);
        let projections = features.saturating_mul(4);
        let of_step = projections.saturating_add(steps.saturating_mul(2)).saturating_mul(features);
        of_step.saturating_mul(steps)
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let Call { inputs, output: y, saved, scratch, .. } = call;
        let (x, heads, weights) = (&inputs[0], self.emit_heads(call), self.emit_weights(call));
        if self.infers {
            return quote!(rt::attention::forward(simd, #heads, #weights, #x, #y, #scratch););
        }
        quote!(rt::attention::forward_saving(simd, #heads, #weights, #x, #y, #saved, #scratch);)
    }

    fn emit_delta(&self, call: &Call<'_>) -> TokenStream {
        let Call { delta, saved, scratch, .. } = call;
        let (heads, weights) = (self.emit_heads(call), self.emit_weights(call));
        quote!(rt::attention::compute_deltas(simd, #heads, #weights, #delta, #saved, #scratch);)
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let Call { store, gradient, saved, .. } = call;
        let (heads, weight) = (self.emit_heads(call), &call.parameters[0]);
        quote! {
            rt::attention::input_gradient(simd, #heads, #store, #weight, #saved, #gradient);
        }
    }

    fn emit_parameter_gradient(&self, parameter: usize, call: &Call<'_>) -> TokenStream {
        let Call { inputs, delta, saved, scratch, sink, .. } = call;
        let (heads, x) = (self.emit_heads(call), &inputs[0]);
        match self.place(parameter) {
            0 => quote! {
                rt::attention::input_weight_gradient(simd, #heads, #x, (#saved, #scratch), #sink);
            },
            1 => quote!(rt::attention::input_bias_gradient(#heads, #saved, #sink);),
            2 => quote! {
                rt::attention::output_weight_gradient(simd, #heads, #delta, (#saved, #scratch), #sink);
            },
            _ => quote!(rt::attention::output_bias_gradient(#delta, #sink);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        shapes: &[&Shape],
        _output: &Shape,
        parameters: &[&[f64]],
    ) -> Vec<f64> {
        let [steps, features] = split_sequence(shapes[0]);
        let columns = features / self.heads;
        let bias = |place: usize| parameters.get(place).copied().filter(|_| self.bias);
        let output = parameters[if self.bias { 2 } else { 1 }];
        let projected: Vec<Vec<f64>> = inputs[0]
            .chunks_exact(features)
            .map(|x| multiply_row(x, parameters[0], bias(1)))
            .collect();
        let attend = |step: usize| {
            let mut context = vec![0.0; features];
            let sees = if self.causal { step + 1 } else { steps };
            for head in 0..self.heads {
                let [q, k, v] = [0, 1, 2].map(|part| part * features + head * columns);
                let score = |other: usize| -> f64 {
                    let pairs = (0..columns)
                        .map(|column| projected[step][q + column] * projected[other][k + column]);
                    (pairs.sum::<f64>() / (columns as f64).sqrt()).exp()
                };
                let scores: Vec<f64> = (0..sees).map(score).collect();
                let sum: f64 = scores.iter().sum();
                for (other, score) in scores.iter().enumerate() {
                    for column in 0..columns {
                        context[head * columns + column] +=
                            score / sum * projected[other][v + column];
                    }
                }
            }
            multiply_row(&context, output, bias(3))
        };
        (0..steps).flat_map(attend).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, layer: &str) -> String {
        let (x, sees) = (inputs[0], if self.causal { ", of the steps up to its own" } else { "" });
        format!(
            "{output} = (softmax(q · kᵀ / √n) · v of each head{sees}) · {layer}.out_proj_weight, \
             q, k, v = {x} · {layer}.in_proj_weight"
        )
    }

    fn derive_delta(&self, _inputs: &[&str], output: &str, layer: &str) -> String {
        format!("δ of q, k, v from dJ/d{output} · {layer}.out_proj_weightᵀ, by the softmax of each head")
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, layer: &str) -> String {
        let x = inputs[0];
        let Wrt::Parameter(index) = wrt else {
            return format!("dJ/d{x} = δ · {layer}.in_proj_weightᵀ");
        };
        let place = self.place(index);
        let name = PARAMETERS[place];
        match place {
            0 => format!("dJ/d{layer}.{name} = Σ {x}ᵀ · δ"),
            1 => format!("dJ/d{layer}.{name} = Σ δ"),
            2 => format!("dJ/d{layer}.{name} = Σ (heads)ᵀ · dJ/d{output}"),
            _ => format!("dJ/d{layer}.{name} = Σ dJ/d{output}"),
        }
    }
}
