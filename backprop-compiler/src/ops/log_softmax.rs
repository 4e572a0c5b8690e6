//! `log_softmax`: the logarithm of the softmax, computed without the softmax, so that no small
//! probability is rounded to zero on the way.

use core::ops::RangeInclusive;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::softmax::match_rank;
use super::{Call, Layer, Misfit, Op, Reads, Wrt};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "log_softmax",
    docs: "`log_softmax`: x - ln Σ e^x, of a value of one axis; the largest is subtracted first.",
    examples: &["log_softmax"],
    example_shape: &[4],
    configure,
};

#[derive(Debug)]
struct LogSoftmax;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(LogSoftmax))
}

impl Op for LogSoftmax {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_rank(LAYER.keyword, inputs[0])
    }

    fn range(&self) -> Option<RangeInclusive<f64>> {
        Some(f64::NEG_INFINITY..=0.0)
    }

    fn describe_idle(&self, input: &Shape, _range: &RangeInclusive<f64>) -> Option<String> {
        (input.count() == 1).then(|| "`log_softmax` of one element is always 0".to_owned())
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
            Some(_) => quote!(rt::log_softmax::forward_in_place(#y);),
            None => quote!(rt::log_softmax::forward(#x, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (y, store) = (&call.output, &call.store);
        let (delta, dx) = (&call.delta, &call.gradient);
        match call.in_place {
            Some(_) => quote!(rt::log_softmax::backward_in_place(#y, #dx);),
            None => quote!(rt::log_softmax::backward(#store, #y, #delta, #dx);),
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
        let sum: f64 = inputs[0].iter().map(|x| (x - largest).exp()).sum();
        inputs[0].iter().map(|x| x - largest - sum.ln()).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {x} - ln Σ e^{x}", x = inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} - e^{output} Σ dJ/d{output}", inputs[0])
    }
}
