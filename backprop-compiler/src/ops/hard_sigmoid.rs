//! `hard_sigmoid`: three straight lines in place of the sigmoid.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "hard_sigmoid",
    docs: "`hard_sigmoid`: min(max(0, x / 6 + 1/2), 1), PyTorch's (Howard et al. 2019).",
    examples: &["hard_sigmoid"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| (x / 6.0 + 0.5).clamp(0.0, 1.0)),
        value: quote!(rt::Scalar::clip(x + 3.0, 0.0, 6.0) / 6.0),
        derivative: Derivative::Output(quote!(if y > 0.0 && y < 1.0 { 1.0 / 6.0 } else { 0.0 })),
        formulas: ["min(max(0, {x} / 6 + 1/2), 1)", "1/6 [0 < {y} < 1]"],
        range: Some(0.0..=1.0),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
