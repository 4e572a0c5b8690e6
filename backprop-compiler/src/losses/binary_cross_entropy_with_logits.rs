//! `binary_cross_entropy_with_logits(y)`: of logits, each of its own yes or no.
//!
//! The sigmoid and its logarithm are one function here, so that no probability is ever rounded to zero
//! or one, and the gradient is the sigmoid minus the target.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "binary_cross_entropy_with_logits",
    docs: "`binary_cross_entropy_with_logits(y, pos_weight = 1.0)`: -(p t ln σ(y) + (1 - t) ln(1 - σ(y))), \
           t from 0 to 1; p, one number or one for each element, `[1.0, 4.0, ..]`, is how much a yes counts. \
           The mean over the elements.",
    examples: &[
        "binary_cross_entropy_with_logits(y)",
        "binary_cross_entropy_with_logits(y, pos_weight = 3.0)",
        "binary_cross_entropy_with_logits(y, pos_weight = [0.5, 1.0, 2.0, 4.0])",
    ],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let weights = arguments.take_numbers("pos_weight", 0.0..=1e6).unwrap_or_else(|| vec![1.0]);
    // -ln σ(y), which never overflows.
    let yes = quote!(
        rt::Scalar::larger(-y, 0.0) + rt::Scalar::ln_1p(rt::Scalar::exp(-rt::Scalar::abs(y)))
    );
    let loss = |reduction, value, derivative, weights: Vec<f64>| Elementwise {
        keyword: LOSS.keyword,
        reduction,
        definition: Box::new(move |index, y: f64, t| {
            let probability = 1.0 / (1.0 + (-y).exp());
            let weight = weights[if weights.len() == 1 { 0 } else { index }];
            -(weight * t * probability.ln() + (1.0 - t) * (1.0 - probability).ln())
        }),
        value,
        derivative,
        formulas: [
            "-(p target ln σ({y}) + (1 - target) ln(1 - σ({y})))",
            "(1 + (p - 1) target) (σ({y}) - 1) + (1 - target)",
        ],
        domain: Domain::Logits,
        refuses: &[
            (
                "sigmoid",
                "`binary_cross_entropy_with_logits` takes logits, but this output is already a `sigmoid`",
                "give it the value before the `sigmoid`, or use `binary_cross_entropy`",
            ),
            (
                "softmax",
                "`binary_cross_entropy_with_logits` takes logits, but this output is already a `softmax`",
                "use `cross_entropy` on the value before the `softmax`",
            ),
        ],
    };
    let loss = match weights[..] {
        [1.0] => loss(
            Reduction::Mean,
            quote!((1.0 - t) * y + (#yes)),
            quote!(rt::Scalar::sigmoid(y) - t),
            weights,
        ),
        [weight] => {
            let more = number(weight - 1.0);
            loss(
                Reduction::Mean,
                quote!((1.0 - t) * y + (1.0 + #more * t) * (#yes)),
                quote!((1.0 - t) - (1.0 + #more * t) * rt::Scalar::sigmoid(-y)),
                weights,
            )
        }
        _ => loss(
            Reduction::WeightedMean(weights.clone()),
            quote!((1.0 - t) * y + (1.0 + (w - 1.0) * t) * (#yes)),
            quote!((1.0 - t) - (1.0 + (w - 1.0) * t) * rt::Scalar::sigmoid(-y)),
            weights,
        ),
    };
    loss.build()
}
