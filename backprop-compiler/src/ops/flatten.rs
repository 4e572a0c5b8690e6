//! `flatten`: all axes become one. The scalars stay where they are.

use std::rc::Rc;

use proc_macro2::TokenStream;

use super::{Call, Layer, Misfit, Op, Wrt};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "flatten", configure };

#[derive(Debug)]
struct Flatten;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Flatten))
}

impl Op for Flatten {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(Shape::flat(inputs[0].count()))
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
        format!("{output} = {} in one axis", inputs[0])
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} in the shape before", inputs[0])
    }
}
