//! `reshape`: the same scalars under other axes: `reshape([2, 32])` or `reshape(2, 32)`.

use std::rc::Rc;

use proc_macro2::TokenStream;

use super::{Call, Layer, Misfit, Op, Wrt};
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "reshape", configure };

#[derive(Debug)]
struct Reshape {
    shape: Shape,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let shape = arguments.take_shape("shape")?;
    Some(Rc::new(Reshape { shape }))
}

impl Op for Reshape {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn settings(&self) -> String {
        self.shape.to_string()
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        let (from, to) = (inputs[0], &self.shape);
        if from.count() != to.count() {
            return Err(Misfit {
                headline: format!(
                    "cannot reshape {from} ({} scalars) to {to} ({} scalars)",
                    from.count(),
                    to.count()
                ),
                help: format!("give axes whose product is {}", from.count()),
            });
        }
        Ok(to.clone())
    }

    fn recover_shape(&self, _inputs: &[Option<&Shape>]) -> Option<Shape> {
        Some(self.shape.clone())
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
        format!("{output} = {} in the shape {}", inputs[0], self.shape)
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} in the shape before", inputs[0])
    }
}
