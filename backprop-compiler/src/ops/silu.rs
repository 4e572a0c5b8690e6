//! `silu`: x times its sigmoid, also called swish.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "silu",
    docs: "`silu`: x / (1 + e^-x), also called swish (Elfwing, Uchibe and Doya 2018).",
    examples: &["silu"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x / (1.0 + (-x).exp())),
        value: quote!(x * rt::Scalar::sigmoid(x)),
        derivative: Derivative::Input(quote!({
            let gate = rt::Scalar::sigmoid(x);
            gate * (1.0 + x * (1.0 - gate))
        })),
        formulas: ["{x} σ({x})", "σ({x}) ⊙ (1 + {x} (1 - σ({x})))"],
        range: Some(-0.2785..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
