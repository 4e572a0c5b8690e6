//! `mish`: x times the hyperbolic tangent of its softplus.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "mish",
    docs: "`mish`: x tanh(ln(1 + e^x)) (Misra 2020).",
    examples: &["mish"],
    example_shape: &[4],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    // tanh(ln(1 + e^x)) = (e^2x + 2 e^x) / (e^2x + 2 e^x + 2), over e^2x above zero: one power, never an overflow.
    let gate = quote! {
        let power = rt::Scalar::exp(-rt::Scalar::abs(x));
        let [above, rest] = if x < 0.0 {
            [power * (power + 2.0), 2.0]
        } else {
            [1.0 + 2.0 * power, 2.0 * power * power]
        };
        let gate = above / (above + rest);
    };
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x * (1.0 + x.exp()).ln().tanh()),
        value: quote!({ #gate x * gate }),
        derivative: Derivative::Input(
            quote!({ #gate gate + x * rt::Scalar::sigmoid(x) * (1.0 - gate * gate) }),
        ),
        formulas: ["{x} tanh(ln(1 + e^{x}))", "(t + {x} σ({x}) (1 - t²)), t = tanh(ln(1 + e^{x}))"],
        range: Some(-0.31..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    };
    activation.build()
}
