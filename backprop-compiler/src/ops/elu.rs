//! `elu(alpha = 1.0)`: exponential below zero.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "elu",
    docs: "`elu(alpha = 1.0)`: x above zero, alpha (e^x - 1) below (Clevert et al. 2016). Alpha \
           from 0 to 100.",
    examples: &["elu", "elu(alpha = 0.5)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let scale = arguments.take_number("alpha", 1.0, 0.0..=100.0);
    let alpha = number(scale);
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("alpha = {scale}"),
        definition: Box::new(move |x| if x > 0.0 { x } else { scale * (x.exp() - 1.0) }),
        value: quote!(if x > 0.0 { x } else { #alpha * rt::Scalar::exp_m1(x) }),
        derivative: Derivative::Output(quote!(if y > 0.0 { 1.0 } else { y + #alpha })),
        formulas: [
            "max(0, {x}) + alpha min(0, e^{x} - 1)",
            "([{y} > 0] + ({y} + alpha) [{y} ≤ 0])",
        ],
        range: Some(-scale..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
