//! `relu6`: a ReLU that stops at 6.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "relu6",
    docs: "`relu6`: min(max(0, x), 6) (Krizhevsky 2010).",
    examples: &["relu6"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x.clamp(0.0, 6.0)),
        value: quote!(rt::Scalar::clip(x, 0.0, 6.0)),
        derivative: Derivative::Output(quote!(if y > 0.0 && y < 6.0 { 1.0 } else { 0.0 })),
        formulas: ["min(max(0, {x}), 6)", "[0 < {y} < 6]"],
        range: Some(0.0..=6.0),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
