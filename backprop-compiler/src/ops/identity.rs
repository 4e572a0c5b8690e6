//! `identity`: the value as it is; a way to say that nothing is missing here.

use std::rc::Rc;

use proc_macro2::TokenStream;

use super::{Call, Layer, Misfit, Op, Wrt};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "identity", configure };

#[derive(Debug)]
struct Identity;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Identity))
}

impl Op for Identity {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(inputs[0].clone())
    }

    fn is_view(&self) -> bool {
        true
    }

    fn emit_forward(&self, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn emit_input_gradient(&self, _operand: usize, _call: &Call<'_>) -> TokenStream {
        TokenStream::new()
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].to_vec()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {}", inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output}", inputs[0])
    }
}
