//! `gelu`: x times the probability that a standard normal number is below x.

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, PI};
use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::functions::number;
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "gelu",
    docs: "`gelu(approximate = none | tanh)`: x Φ(x), Φ the distribution function of the standard \
           normal distribution; `tanh` approximates it by (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 \
           (Hendrycks and Gimpel 2016).",
    examples: &["gelu", "gelu(approximate = tanh)"],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    match arguments.take_word("approximate", &["none", "tanh"]) {
        Some(1) => describe_approximate().build(),
        _ => describe_exact().build(),
    }
}

fn describe_exact() -> Elementwise {
    let [root, density] = [number(FRAC_1_SQRT_2), number(FRAC_1_SQRT_2 * FRAC_2_SQRT_PI / 2.0)];
    Elementwise {
        keyword: LAYER.keyword,
        settings: String::new(),
        definition: Box::new(|x| x * integrate_normal(x)),
        value: quote!(x * (0.5 * (1.0 + rt::Scalar::erf(x * #root)))),
        derivative: Derivative::Input(quote! {{
            let probability = 0.5 * (1.0 + rt::Scalar::erf(x * #root));
            // Beyond that the density is 0, and an infinite square would make it NaN.
            let near = rt::Scalar::clip(x, -1e4, 1e4);
            probability + near * (rt::Scalar::exp(-0.5 * near * near) * #density)
        }}),
        formulas: ["{x} Φ({x})", "(Φ({x}) + {x} φ({x}))"],
        range: Some(-0.18..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    }
}

fn describe_approximate() -> Elementwise {
    let root = (2.0 / PI).sqrt();
    let factor = number(root);
    Elementwise {
        keyword: LAYER.keyword,
        settings: "approximate = tanh".to_owned(),
        definition: Box::new(move |x| {
            0.5 * x * (1.0 + (root * (x + 0.044_715 * x.powi(3))).tanh())
        }),
        value: quote!(
            0.5 * x * (1.0 + rt::Scalar::tanh(#factor * (x + 0.044_715 * x * x * x)))
        ),
        derivative: Derivative::Input(quote! {{
            // Beyond that the tangent is ±1, and an infinite square would make it NaN.
            let near = rt::Scalar::clip(x, -1e4, 1e4);
            let square = near * near;
            let tanh = rt::Scalar::tanh(#factor * near * (1.0 + 0.044_715 * square));
            let slope = #factor * (1.0 + 3.0 * 0.044_715 * square);
            0.5 * (1.0 + tanh) + 0.5 * near * ((1.0 - tanh * tanh) * slope)
        }}),
        formulas: [
            "{x}/2 (1 + t), t = tanh(√(2/π) ({x} + 0.044715 {x}³))",
            "((1 + t)/2 + {x}/2 (1 - t²) √(2/π) (1 + 0.134145 {x}²))",
        ],
        range: Some(-0.18..=f64::INFINITY),
        init_before: Some(Init::HE_UNIFORM),
        user_type: None,
    }
}

/// Φ(x): the series x + x³/3 + x⁵/15 + .. times the density, which converges everywhere
/// (Marsaglia 2004).
fn integrate_normal(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 + sum * (-0.5 * x * x).exp() / (2.0 * PI).sqrt()
}
