//! `a + b`: element by element. Each operand gets the gradient of the sum.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Call, Misfit, Obstacle, Op, Streamed, Wrt};
use crate::diagnostics::Rule;
use crate::graph::Shape;

/// The sum of two values of one shape.
#[derive(Debug)]
pub struct Add;

/// Two values of the same shape, or why not.
pub(super) fn match_shapes(operator: &str, inputs: &[&Shape]) -> Result<Shape, Misfit> {
    if inputs[0] == inputs[1] {
        return Ok(inputs[0].clone());
    }
    Err(Misfit {
        rule: Rule::JoinShapes,
        headline: format!(
            "`{operator}` needs two values of the same shape, but they are {} and {}",
            inputs[0], inputs[1]
        ),
        help: if inputs[0].count() == inputs[1].count() {
            format!("`reshape` one of them to the shape of the other, {}", inputs[0])
        } else {
            "give both the same shape, with a `dense` before the join".to_owned()
        },
    })
}

impl Op for Add {
    fn keyword(&self) -> &'static str {
        "add"
    }

    fn result_name(&self) -> Option<&'static str> {
        Some("sum")
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        match_shapes("+", inputs)
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

    fn gradient_in_place(&self, _operand: usize) -> bool {
        true
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (left, right, y) = (&call.inputs[0], &call.inputs[1], &call.output);
        match call.in_place {
            Some(0) => quote!(rt::join::add_in_place(#y, #right);),
            Some(_) => quote!(rt::join::add_in_place(#y, #left);),
            None => quote!(rt::join::add(#left, #right, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (store, delta, dx) = (&call.store, &call.delta, &call.gradient);
        match call.in_place {
            Some(_) => TokenStream::new(),
            None => quote!(rt::join::copy(#store, #delta, #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().zip(inputs[1]).map(|(left, right)| left + right).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {} + {}", inputs[0], inputs[1])
    }

    fn derive_gradient(&self, wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        let Wrt::Input(operand) = wrt else { return String::new() };
        format!("dJ/d{} = dJ/d{output}", inputs[operand])
    }
}
