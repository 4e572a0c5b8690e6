//! `sigmoid`: 1 / (1 + e^-x), the logistic function.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "sigmoid",
    docs: "`sigmoid`: 1 / (1 + e^-x), the logistic function.",
    examples: &["sigmoid"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| 1.0 / (1.0 + (-x).exp())),
        value: quote!(rt::Scalar::sigmoid(x)),
        derivative: Derivative::Output(quote!(y * (1.0 - y))),
        formulas: ["1 / (1 + e^-{x})", "{y} ⊙ (1 - {y})"],
        range: Some(0.0..=1.0),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
