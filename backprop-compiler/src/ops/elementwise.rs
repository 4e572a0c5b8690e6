//! What all activations share: a function of each element, differentiated from its output.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Call, Misfit, Op, Reads, Wrt};
use crate::graph::Shape;
use crate::init::Init;

/// What makes one activation differ from another.
#[derive(Debug)]
pub struct Elementwise {
    /// The keyword.
    pub keyword: &'static str,
    /// The runtime's type that implements `Activation`.
    pub kernel: &'static str,
    /// f(x).
    pub function: fn(f64) -> f64,
    /// f(x) in words, of the operand's name.
    pub formula: fn(&str) -> String,
    /// dy/dx in words, of the output's name.
    pub derivative: fn(&str) -> String,
    /// How the weights before it should start.
    pub init_before: Option<Init>,
}

impl Elementwise {
    fn kernel(&self) -> TokenStream {
        let kernel = Ident::new(self.kernel, Span::call_site());
        quote!(rt::activations::#kernel)
    }
}

impl Op for Elementwise {
    fn keyword(&self) -> &'static str {
        self.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(inputs[0].clone())
    }

    fn init_before(&self) -> Option<Init> {
        self.init_before
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
        let (kernel, x, y) = (self.kernel(), &call.inputs[0], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::elementwise::forward_in_place(#kernel, #y);),
            None => quote!(rt::elementwise::forward(#kernel, #x, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (kernel, y, store) = (self.kernel(), &call.output, &call.store);
        let (delta, dx) = (&call.delta, &call.gradient);
        match call.in_place {
            Some(_) => quote!(rt::elementwise::backward_in_place(#kernel, #y, #dx);),
            None => quote!(rt::elementwise::backward(#store, #kernel, #y, #delta, #dx);),
        }
    }

    fn evaluate(
        &self,
        inputs: &[&[f64]],
        _shapes: &[&Shape],
        _output: &Shape,
        _parameters: &[&[f64]],
    ) -> Vec<f64> {
        inputs[0].iter().map(|x| (self.function)(*x)).collect()
    }

    fn derive_forward(&self, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("{output} = {}", (self.formula)(inputs[0]))
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} ⊙ {}", inputs[0], (self.derivative)(output))
    }
}
