//! `softsign`: x / (1 + |x|).

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "softsign",
    docs: "`softsign`: x / (1 + |x|) (Bergstra et al. 2009).",
    examples: &["softsign"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x / (1.0 + x.abs())),
        value: quote!(x / (1.0 + rt::Scalar::abs(x))),
        derivative: Derivative::Input(quote!({
            let divisor = 1.0 + rt::Scalar::abs(x);
            1.0 / (divisor * divisor)
        })),
        formulas: ["{x} / (1 + |{x}|)", "1 / (1 + |{x}|)²"],
        range: Some(-1.0..=1.0),
        init_before: None,
        user_type: None,
    };
    activation.build()
}
