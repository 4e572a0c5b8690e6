//! `relu`: max(0, x); the derivative at 0 is 0, as in PyTorch.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "relu",
    docs: "`relu`: max(0, x) (Nair and Hinton 2010). The derivative at 0 is 0.",
    examples: &["relu"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| if x < 0.0 { 0.0 } else { x }),
        value: quote!(if x < 0.0 { 0.0 } else { x }),
        derivative: Derivative::Output(quote!(if y > 0.0 { 1.0 } else { 0.0 })),
        formulas: ["max(0, {x})", "[{y} > 0]"],
        range: Some(0.0..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
