//! `soft_shrink(lambd = 0.5)`: zero near zero, and x pulled towards it elsewhere.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise, REALS};
use super::{Layer, Op};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "soft_shrink",
    docs: "`soft_shrink(lambd = 0.5)`: x less lambd above lambd, x plus lambd below -lambd, 0 between \
           (Donoho and Johnstone 1994).",
    examples: &["soft_shrink", "soft_shrink(lambd = 0.25)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let width = arguments.take_number("lambd", 0.5, 0.0..=1e6);
    let lambd = number(width);
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("lambd = {width}"),
        definition: Box::new(move |x| x.signum() * (x.abs() - width).max(0.0)),
        value: quote!(x - rt::Scalar::clip(x, -#lambd, #lambd)),
        derivative: Derivative::Input(
            quote!(if rt::Scalar::abs(x) <= #lambd { 0.0 } else { 1.0 }),
        ),
        formulas: ["{x} - min(max(-lambd, {x}), lambd)", "[|{x}| > lambd]"],
        range: Some(REALS),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
