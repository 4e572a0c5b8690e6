//! `dropout(p)`: in training each element is zero with probability p, and the others are the larger for it; in
//! inference nothing happens.

use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Call, Layer, Misfit, Op, Wrt, identity};
use crate::functions::number;
use crate::graph::Shape;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "dropout",
    docs: "`dropout(p = 0.5)`: in training each element is zero with probability `p` and is divided by 1 - p \
           otherwise; in inference the value as it is (Srivastava et al. 2014). Which elements depends on `seed = 0`, \
           the step, the sample, the layer and the element alone.",
    examples: &["dropout", "dropout(0.2, seed = 7)"],
    example_shape: &[4],
    configure,
};

/// The largest probability: one more would leave nothing.
const LARGEST: f64 = 0.999;

#[derive(Debug)]
struct Dropout {
    probability: f64,
    seed: usize,
}

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let probability = arguments.take_main_number("p", Some(0.5), 0.0..=LARGEST);
    let seed = arguments.take_integer("seed", 0);
    Some(Rc::new(Dropout { probability: probability?, seed }))
}

impl Dropout {
    /// What the kernels are told: the seed, below which random 32 bits an element is dropped, and what the others are
    /// multiplied by.
    fn emit_arguments(&self, call: &Call<'_>) -> TokenStream {
        let pass = &call.pass;
        let seed = Literal::u64_unsuffixed(self.seed as u64);
        let threshold = Literal::u32_unsuffixed((self.probability * 2_f64.powi(32)) as u32);
        let scale = number(1.0 / (1.0 - self.probability));
        quote!(#pass, #seed, #threshold, #scale)
    }
}

impl Op for Dropout {
    fn keyword(&self) -> &'static str {
        LAYER.keyword
    }

    fn infer_shape(&self, inputs: &[&Shape]) -> Result<Shape, Misfit> {
        Ok(inputs[0].clone())
    }

    fn recover_shape(&self, inputs: &[Option<&Shape>]) -> Option<Shape> {
        inputs.first().copied().flatten().cloned()
    }

    fn for_inference(&self) -> Option<Rc<dyn Op>> {
        Some(identity::build())
    }

    fn is_random(&self) -> bool {
        true
    }

    fn in_place_operands(&self) -> &'static [usize] {
        &[0]
    }

    fn gradient_in_place(&self, _operand: usize) -> bool {
        true
    }

    fn emit_forward(&self, call: &Call<'_>) -> TokenStream {
        let (arguments, x, y) = (self.emit_arguments(call), &call.inputs[0], &call.output);
        match call.in_place {
            Some(_) => quote!(rt::dropout::forward_in_place(#arguments, #y);),
            None => quote!(rt::dropout::forward(#arguments, #x, #y);),
        }
    }

    fn emit_input_gradient(&self, _operand: usize, call: &Call<'_>) -> TokenStream {
        let (arguments, store) = (self.emit_arguments(call), &call.store);
        let (delta, dx) = (&call.delta, &call.gradient);
        match call.in_place {
            Some(_) => quote!(rt::dropout::forward_in_place(#arguments, #dx);),
            None => quote!(rt::dropout::backward(#arguments, #store, #delta, #dx);),
        }
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
        format!("{output} = {} ⊙ mask / (1 - {})", inputs[0], self.probability)
    }

    fn derive_gradient(&self, _wrt: Wrt, inputs: &[&str], output: &str, _layer: &str) -> String {
        format!("dJ/d{} = dJ/d{output} ⊙ mask / (1 - {})", inputs[0], self.probability)
    }
}
