//! `celu(alpha = 1.0)`: an ELU whose slope is continuous for every alpha.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "celu",
    docs: "`celu(alpha = 1.0)`: max(0, x) + min(0, alpha (e^(x / alpha) - 1)) (Barron 2017). \
           Alpha from 0.001 to 1000.",
    examples: &["celu", "celu(alpha = 2.0)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let scale = arguments.take_number("alpha", 1.0, 1e-3..=1e3);
    let alpha = number(scale);
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("alpha = {scale}"),
        definition: Box::new(move |x| if x > 0.0 { x } else { scale * ((x / scale).exp() - 1.0) }),
        value: quote!(if x > 0.0 { x } else { #alpha * rt::Scalar::exp_m1(x / #alpha) }),
        derivative: Derivative::Output(quote!(if y > 0.0 { 1.0 } else { y / #alpha + 1.0 })),
        formulas: [
            "max(0, {x}) + min(0, alpha (e^({x} / alpha) - 1))",
            "([{y} > 0] + ({y} / alpha + 1) [{y} ≤ 0])",
        ],
        range: Some(-scale..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
