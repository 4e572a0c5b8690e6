//! `scale(factor)`: the value times a constant, and a constant added.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise, REALS};
use super::{Layer, Op};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "scale",
    docs: "`scale(factor, offset = 0.0)`: factor x + offset, of two constants.",
    examples: &["scale(0.5)", "scale(-2.0, offset = 1.0)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let factor = arguments.take_main_number("factor", None, -1e6..=1e6);
    let offset = arguments.take_number("offset", 0.0, -1e6..=1e6);
    let factor = factor?;
    let (slope, shift) = (number(factor), number(offset));
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("{factor}, offset = {offset}"),
        definition: Box::new(move |x| factor * x + offset),
        value: if offset == 0.0 { quote!(#slope * x) } else { quote!(#slope * x + #shift) },
        derivative: Derivative::Output(quote!(#slope)),
        formulas: ["factor {x} + offset", "factor"],
        range: Some(REALS),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
