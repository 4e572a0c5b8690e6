//! `selu`: the self-normalising ELU, with the two constants that keep mean and variance.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "selu",
    docs: "`selu`: scale (max(0, x) + alpha min(0, e^x - 1)), with the constants 1.0507.. and \
           1.6733.. that keep a mean of 0 and a variance of 1 (Klambauer et al. 2017). Weights \
           before it start by LeCun.",
    examples: &["selu"],
    example_shape: &[4],
    configure,
};

/// The paper's constants, to the last bit of an f64.
const ALPHA: f64 = 1.673_263_242_354_377_2;
const SCALE: f64 = 1.050_700_987_355_480_5;

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let [scale, saturation] = [number(SCALE), number(SCALE * ALPHA)];
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| if x > 0.0 { SCALE * x } else { SCALE * ALPHA * (x.exp() - 1.0) }),
        value: quote!(if x > 0.0 { #scale * x } else { #saturation * rt::Scalar::exp_m1(x) }),
        derivative: Derivative::Output(quote!(if y > 0.0 { #scale } else { y + #saturation })),
        formulas: [
            "1.0507 (max(0, {x}) + 1.6733 min(0, e^{x} - 1))",
            "(1.0507 [{y} > 0] + ({y} + 1.7581) [{y} ≤ 0])",
        ],
        range: Some(-1.7581..=f64::INFINITY),
        init_before: Some(Init::LECUN_NORMAL),
        user_type: None,
    };
    activation.build()
}
