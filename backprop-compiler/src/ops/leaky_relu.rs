//! `leaky_relu(negative_slope = 0.01)`: a ReLU that lets a little through below zero.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "leaky_relu",
    docs: "`leaky_relu(negative_slope = 0.01)`: x above zero, negative_slope x below (Maas et \
           al. 2013). A slope from 0 to 1.",
    examples: &["leaky_relu", "leaky_relu(negative_slope = 0.3)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let slope = arguments.take_number("negative_slope", 0.01, 0.0..=1.0);
    let negative_slope = number(slope);
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("negative_slope = {slope}"),
        definition: Box::new(move |x| if x > 0.0 { x } else { slope * x }),
        value: quote!(if x > 0.0 { x } else { #negative_slope * x }),
        derivative: Derivative::Output(quote!(if y > 0.0 { 1.0 } else { #negative_slope })),
        formulas: [
            "max(0, {x}) + negative_slope min(0, {x})",
            "([{y} > 0] + negative_slope [{y} ≤ 0])",
        ],
        range: Some(if slope > 0.0 { f64::NEG_INFINITY } else { 0.0 }..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
