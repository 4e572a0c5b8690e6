//! `kl_divergence(y)`: how far log-probabilities are from a target distribution.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "kl_divergence",
    docs: "`kl_divergence(y, log_target = false)`: t (ln t - y), y log-probabilities and t probabilities, or \
           log-probabilities too with `log_target = true`; an impossible t adds nothing (Kullback and Leibler \
           1951). The sum over the elements of a sample: PyTorch's `batchmean`.",
    examples: &["kl_divergence(y)", "kl_divergence(y, log_target = true)"],
    configure,
};

const SOFTMAX: (&str, &str, &str) = (
    "softmax",
    "`kl_divergence` takes log-probabilities, but this output is a `softmax`",
    "write `log_softmax` in its place",
);

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = if arguments.take_flag("log_target", false) {
        Elementwise {
            keyword: LOSS.keyword,
            reduction: Reduction::Sum,
            definition: Box::new(|_, y, t: f64| t.exp() * (t - y)),
            value: quote!(rt::Scalar::exp(t) * (t - y)),
            derivative: quote!(-rt::Scalar::exp(t)),
            formulas: ["e^target (target - {y})", "-e^target"],
            domain: Domain::LogProbabilities,
            refuses: &[SOFTMAX],
        }
    } else {
        Elementwise {
            keyword: LOSS.keyword,
            reduction: Reduction::Sum,
            definition: Box::new(|_, y, t| if t > 0.0 { t * (t.ln() - y) } else { 0.0 }),
            value: quote!(if t > 0.0 { t * (rt::Scalar::ln(t) - y) } else { 0.0 }),
            derivative: quote!(if t > 0.0 { -t } else { 0.0 }),
            formulas: ["target (ln target - {y})", "-target"],
            domain: Domain::LogProbabilities,
            refuses: &[SOFTMAX],
        }
    };
    loss.build()
}
