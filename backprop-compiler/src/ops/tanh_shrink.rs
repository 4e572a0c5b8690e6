//! `tanh_shrink`: what the hyperbolic tangent leaves of x.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise, REALS};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "tanh_shrink",
    docs: "`tanh_shrink`: x - tanh(x).",
    examples: &["tanh_shrink"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x - x.tanh()),
        value: quote!(x - rt::Scalar::tanh(x)),
        derivative: Derivative::Input(quote!({
            let tanh = rt::Scalar::tanh(x);
            tanh * tanh
        })),
        formulas: ["{x} - tanh({x})", "tanh({x})²"],
        range: Some(REALS),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
