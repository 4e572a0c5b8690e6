//! `hard_swish`: x times its hard sigmoid.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "hard_swish",
    docs: "`hard_swish`: x min(max(0, x + 3), 6) / 6 (Howard et al. 2019).",
    examples: &["hard_swish"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x * (x / 6.0 + 0.5).clamp(0.0, 1.0)),
        value: quote!(x * (rt::Scalar::clip(x + 3.0, 0.0, 6.0) / 6.0)),
        derivative: Derivative::Input(quote!(if x <= -3.0 {
            0.0
        } else if x < 3.0 {
            x / 3.0 + 0.5
        } else {
            1.0
        })),
        formulas: [
            "{x} min(max(0, {x} / 6 + 1/2), 1)",
            "(({x} / 3 + 1/2) [|{x}| < 3] + [{x} ≥ 3])",
        ],
        range: Some(-0.375..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
