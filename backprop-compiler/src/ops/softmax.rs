//! `softmax`: e^x of each element over the sum of them all; the largest is subtracted first.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Call, Layer, Misfit, Op, Reads, Wrt};
use crate::diagnostics::Rule;
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "softmax",
    docs: "`softmax`: e^x / Σ e^x, of a value of one axis; the largest is subtracted first. Not before \
           `cross_entropy`, which takes the value before it.",
    examples: &["softmax"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct Softmax;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Softmax))
}

impl Op for Softmax {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_rank(LAYER.keyword, inputs[0])
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(0.0..=1.0)
    }

    fn describe_idle(&self, input: &Shape, _range: &RangeInclusive<f64>) -> Option<String> {
        (input.count() == 1).then(|| "`softmax` of one element is always 1".to_owned())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().cloned()
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0]
    }

    fn reads(&self, _wrt: Wrt) -> Reads {
        Reads::OUTPUT
    }

    fn gradient_in_place(&self, _operand: usize) -> bool {
        true
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (x, y) = (&call.inputs[0], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::softmax::forward_in_place(#y);),
            None => quote!(rt::softmax::forward(#x, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (y, store) = (&call.output, &call.store);
        let (delta, dx) = (&call.delta, &call.gradient);
        match call.in_place {
            Some(_) => quote!(rt::softmax::backward_in_place(#y, #dx);),
            None => quote!(rt::softmax::backward(#store, #y, #delta, #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        let largest = inputs[0].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = inputs[0].iter().map(|x| (x - largest).exp()).collect();
        let sum: f64 = powers.iter().sum();
        powers.iter().map(|power| power / sum).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = e^{x} / Σ e^{x}", x = inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = {output} ⊙ (dJ/d{output} - Σ {output} ⊙ dJ/d{output})", inputs[0])
    }
}

/// The shape of an operand that must have one axis.
pub(super) fn match_rank(keyword: &str, shape: &Shape) -> Result<Shape, Misfit> {
    if shape.rank() == 1 {
        return Ok(shape.clone());
    }
    Err(Misfit {
        rule: Rule::LayerRank,
        headline: format!("`{keyword}` needs a value of one axis, but this one is {shape}"),
        help: "put `flatten ->` before it".to_owned(),
    })
}
