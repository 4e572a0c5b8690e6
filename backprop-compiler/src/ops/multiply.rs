//! `a * b`: element by element. Each operand gets the product's gradient times the other operand.

use proc_macro2::TokenStream;
use quote::quote;

use super::add::match_shapes;
use super::{Call, Misfit, Obstacle, Op, Reads, Streamed, Wrt};
use crate::graph::Shape;

/// The product of two values of one shape.
#[derive(Debug)]
pub struct Multiply;

impl Op for Multiply {
    fn keyword(&self) -> &'static str {
        "multiply"
    }

    fn result_name(&self) -> Option<&'static str> {
        Some("product")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_shapes("*", inputs)
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.iter().copied().flatten().next().cloned()
    }

    fn stream(&self, _inputs: &[&Shape], axis: usize) -> Result<Streamed, Obstacle> {
        Streamed::itself(axis)
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0, 1]
    }

    fn reads(&self, wrt: Wrt) -> Reads {
        match wrt {
            Wrt::Input(0) => Reads { inputs: &[1], output: false },
            _ => Reads { inputs: &[0], output: false },
        }
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (left, right, y) = (&call.inputs[0], &call.inputs[1], &call.output);
        match call.in_place {
            Some(0) => quote!(rt::join::multiply_in_place(#y, #right);),
            Some(_) => quote!(rt::join::multiply_in_place(#y, #left);),
            None => quote!(rt::join::multiply(#left, #right, #y);),
        }
    }

    fn emit_input_gradient(&self, operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        let other = &call.inputs[1 - operand];
        quote!(rt::join::multiply_gradient(#store, #delta, #other, #dx);)
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().zip(inputs[1]).map(|(left, right)| left * right).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {} ⊙ {}", inputs[0], inputs[1])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let Wrt::Input(operand) = wrt else { return String::new() };
        format!("dJ/d{} = dJ/d{output} ⊙ {}", inputs[operand], inputs[1 - operand])
    }
}
