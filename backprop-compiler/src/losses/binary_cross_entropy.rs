//! `binary_cross_entropy(y)`: of probabilities, each of its own yes or no.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "binary_cross_entropy",
    docs: "`binary_cross_entropy(y)`: -(t ln y + (1 - t) ln(1 - y)), y and t from 0 to 1, \
           PyTorch's `BCELoss`: no logarithm is below -100. The mean over the elements. After a \
           `sigmoid`, `binary_cross_entropy_with_logits` of the value before it is more exact.",
    examples: &["binary_cross_entropy(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| {
            -(t * y.ln().max(-100.0) + (1.0 - t) * (1.0 - y).ln().max(-100.0))
        }),
        value: quote!({
            let [yes, no] = [rt::Scalar::ln(y), rt::Scalar::ln_1p(-y)];
            -(t * rt::Scalar::larger(yes, -100.0) + (1.0 - t) * rt::Scalar::larger(no, -100.0))
        }),
        derivative: quote!((y - t) / rt::Scalar::larger((1.0 - y) * y, 1e-12)),
        formulas: [
            "-(target ln {y} + (1 - target) ln(1 - {y}))",
            "({y} - target) / ({y} (1 - {y}))",
        ],
        domain: Domain::Probabilities,
        refuses: &[(
            "softmax",
            "`binary_cross_entropy` judges each element alone, but a `softmax` makes one choice of all",
            "use `cross_entropy` on the value before the `softmax`",
        )],
    };
    loss.build()
}
