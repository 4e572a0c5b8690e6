//! `a - b`: element by element. The first gets the gradient of the difference, the second its negative.

use proc_macro2::TokenStream;
use quote::quote;

use super::add::match_shapes;
use super::{Call, Misfit, Obstacle, Op, Streamed, Wrt};
use crate::graph::Shape;

/// The difference of two values of one shape.
#[derive(Debug)]
pub struct Subtract;

impl Op for Subtract {
    fn keyword(&self) -> &'static str {
        "subtract"
    }

    fn result_name(&self) -> Option<&'static str> {
        Some("difference")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_shapes("-", inputs)
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.iter().copied().flatten().next().cloned()
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself(axis)
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0]
    }

    fn gradient_in_place(&self, operand: usize) -> bool {
        operand == 0
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (left, right, y) = (&call.inputs[0], &call.inputs[1], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::join::subtract_in_place(#y, #right);),
            None => quote!(rt::join::subtract(#left, #right, #y);),
        }
    }

    fn emit_input_gradient(&self, operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        match (operand, call.in_place) {
            (0, Some(_)) => TokenStream::new(),
            (0, None) => quote!(rt::join::copy(#store, #delta, #dx);),
            _ => quote!(rt::join::negate(#store, #delta, #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().zip(inputs[1]).map(|(left, right)| left - right).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {} - {}", inputs[0], inputs[1])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let Wrt::Input(operand) = wrt else { return String::new() };
        let sign = if operand == 0 { "" } else { "-" };
        format!("dJ/d{} = {sign}dJ/d{output}", inputs[operand])
    }
}
