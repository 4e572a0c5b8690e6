//! `softplus(beta = 1.0)`: a smooth ReLU.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "softplus",
    docs: "`softplus(beta = 1.0, threshold = 20.0)`: ln(1 + e^(beta x)) / beta, and x itself \
           where beta x is above the threshold (Dugas et al. 2001). Beta from 0.001 to 1000.",
    examples: &["softplus", "softplus(beta = 2.0)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let steepness = arguments.take_number("beta", 1.0, 1e-3..=1e3);
    let limit = arguments.take_number("threshold", 20.0, 0.0..=1e6);
    let [beta, threshold] = [number(steepness), number(limit)];
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("beta = {steepness}, threshold = {limit}"),
        definition: Box::new(move |x| {
            let scaled = steepness * x;
            if scaled > limit { x } else { (1.0 + scaled.exp()).ln() / steepness }
        }),
        value: quote!({
            let scaled = #beta * x;
            let smooth = rt::Scalar::larger(scaled, 0.0)
                + rt::Scalar::ln_1p(rt::Scalar::exp(-rt::Scalar::abs(scaled)));
            if scaled > #threshold { x } else { smooth / #beta }
        }),
        derivative: Derivative::Input(quote!({
            let scaled = #beta * x;
            if scaled > #threshold { 1.0 } else { rt::Scalar::sigmoid(scaled) }
        })),
        formulas: ["ln(1 + e^(beta {x})) / beta", "σ(beta {x})"],
        range: Some(0.0..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
