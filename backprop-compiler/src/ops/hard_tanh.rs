//! `hard_tanh(min_val = -1.0, max_val = 1.0)`: x, cut off at both ends.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "hard_tanh",
    docs: "`hard_tanh(min_val = -1.0, max_val = 1.0)`: x, no less than min_val and no more than \
           max_val (Collobert 2004).",
    examples: &["hard_tanh", "hard_tanh(min_val = -0.5, max_val = 2.0)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let low = arguments.take_number("min_val", -1.0, -1e6..=1e6);
    let high = arguments.take_number("max_val", 1.0, -1e6..=1e6);
    arguments.check(
        low < high,
        "`min_val` must be less than `max_val`",
        "swap them, or leave one out",
    )?;
    let [min_val, max_val] = [number(low), number(high)];
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: format!("min_val = {low}, max_val = {high}"),
        definition: Box::new(move |x| x.max(low).min(high)),
        value: quote!(rt::Scalar::clip(x, #min_val, #max_val)),
        derivative: Derivative::Output(
            quote!(if y > #min_val && y < #max_val { 1.0 } else { 0.0 }),
        ),
        formulas: ["min(max(min_val, {x}), max_val)", "[min_val < {y} < max_val]"],
        range: Some(low..=high),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
