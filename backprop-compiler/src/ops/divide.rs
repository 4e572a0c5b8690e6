//! `a / b`: element by element. The first gets the gradient by b, the second the negative of that times the quotient.

use proc_macro2::TokenStream;
use quote::quote;

use super::add::match_shapes;
use super::{Call, Misfit, Obstacle, Op, Reads, Streamed, Wrt};
use crate::graph::Shape;

/// The quotient of two values of one shape.
#[derive(Debug)]
pub struct Divide;

impl Op for Divide {
    fn keyword(&self) -> &'static str {
        "divide"
    }

    fn result_name(&self) -> Option<&'static str> {
        Some("quotient")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_shapes("/", inputs)
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

    fn reads(&self, wrt: Wrt) -> Reads {
        Reads { inputs: &[1], output: wrt == Wrt::Input(1) }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (left, right, y) = (&call.inputs[0], &call.inputs[1], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::join::divide_in_place(#y, #right);),
            None => quote!(rt::join::divide(#left, #right, #y);),
        }
    }

    fn emit_input_gradient(&self, operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let (divisor, y) = (&call.inputs[1], &call.output);
        match operand {
            0 => quote!(rt::join::dividend_gradient(#store, #delta, #divisor, #dx);),
            _ => quote!(rt::join::divisor_gradient(#store, #delta, (#divisor, #y), #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().zip(inputs[1]).map(|(left, right)| left / right).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {} ⊘ {}", inputs[0], inputs[1])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let divided = format!("dJ/d{output} ⊘ {}", inputs[1]);
        match wrt {
            Wrt::Input(0) => format!("dJ/d{} = {divided}", inputs[0]),
            _ => format!("dJ/d{} = -{divided} ⊙ {output}", inputs[1]),
        }
    }
}
