//! `log_sigmoid`: the logarithm of the sigmoid, never rounded to minus infinity.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "log_sigmoid",
    docs: "`log_sigmoid`: -ln(1 + e^-x).",
    examples: &["log_sigmoid"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| (1.0 / (1.0 + (-x).exp())).ln()),
        value: quote!(
            rt::Scalar::smaller(x, 0.0) - rt::Scalar::ln_1p(rt::Scalar::exp(-rt::Scalar::abs(x)))
        ),
        derivative: Derivative::Output(quote!(-rt::Scalar::exp_m1(y))),
        formulas: ["-ln(1 + e^-{x})", "(1 - e^{y})"],
        range: Some(f64::NEG_INFINITY..=0.0),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
