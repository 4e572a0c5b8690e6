//! `poisson_nll(y)`: the negative log-likelihood of counts.

use core::f64::consts::TAU;
use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "poisson_nll",
    docs: "`poisson_nll(y, log_input = true, full = false, eps = 1e-8)`: e^y - t y, y the logarithm of the \
           expected count; y - t ln(y + eps) with `log_input = false`; `full = true` adds Stirling's t ln t - t \
           + ln(2πt) / 2 where t > 1, PyTorch's `PoissonNLLLoss`. The mean over the elements.",
    examples: &["poisson_nll(y)", "poisson_nll(y, full = true)"],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let log_input = arguments.take_flag("log_input", true);
    let full = arguments.take_flag("full", false);
    let epsilon = arguments.take_number("eps", 1e-8, 1e-30..=1.0);
    let (eps, turn) = (number(epsilon), number(TAU));
    let (likelihood, derivative) = if log_input {
        (quote!(rt::Scalar::exp(y) - t * y), quote!(rt::Scalar::exp(y) - t))
    } else {
        (quote!(y - t * rt::Scalar::ln(y + #eps)), quote!(1.0 - t / (y + #eps)))
    };
    let value = if full {
        quote! {{
            // Where nothing is added, the logarithm is that of 1.
            let count = rt::Scalar::larger(t, 1.0);
            let stirling = count * rt::Scalar::ln(count) - count
                + 0.5 * rt::Scalar::ln(#turn * count);
            #likelihood + if t > 1.0 { stirling } else { 0.0 }
        }}
    } else {
        likelihood
    };
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(move |_, y, t| {
            let stirling = t * t.ln() - t + 0.5 * (TAU * t).ln();
            let rest = if full && t > 1.0 { stirling } else { 0.0 };
            rest + if log_input { y.exp() - t * y } else { y - t * (y + epsilon).ln() }
        }),
        value,
        derivative,
        formulas: if log_input {
            ["e^{y} - target {y}", "e^{y} - target"]
        } else {
            ["{y} - target ln({y} + eps)", "1 - target / ({y} + eps)"]
        },
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
