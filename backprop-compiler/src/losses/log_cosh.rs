//! `log_cosh(y)`: squares of small errors, distances of large ones, without a seam.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "log_cosh",
    docs: "`log_cosh(y)`: ln cosh(y - t), as in Keras. The mean over the elements.",
    examples: &["log_cosh(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let ln_2 = number(core::f64::consts::LN_2);
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| (y - t).cosh().ln()),
        value: quote!({
            // ln cosh d = |d| + ln(1 + e^-2|d|) - ln 2, which never overflows.
            let error = rt::Scalar::abs(y - t);
            error + (rt::Scalar::ln_1p(rt::Scalar::exp(-(error + error))) - #ln_2)
        }),
        derivative: quote!(rt::Scalar::tanh(y - t)),
        formulas: ["ln cosh({y} - target)", "tanh({y} - target)"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
