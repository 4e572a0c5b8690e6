//! `tanh`: the hyperbolic tangent.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "tanh",
    docs: "`tanh`: the hyperbolic tangent.",
    examples: &["tanh"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(f64::tanh),
        value: quote!(rt::Scalar::tanh(x)),
        derivative: Derivative::Output(quote!(1.0 - y * y)),
        formulas: ["tanh({x})", "(1 - {y}²)"],
        range: Some(-1.0..=1.0),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
