//! `squared_hinge(y)`: the square of the hinge, which is smooth at the margin.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "squared_hinge",
    docs: "`squared_hinge(y)`: max(0, 1 - t y)², t either -1 or 1. The mean over the elements.",
    examples: &["squared_hinge(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| (1.0 - t * y).max(0.0).powi(2)),
        value: quote!({
            let slack = rt::Scalar::larger(1.0 - t * y, 0.0);
            slack * slack
        }),
        derivative: quote!(-2.0 * t * rt::Scalar::larger(1.0 - t * y, 0.0)),
        formulas: ["max(0, 1 - target {y})²", "-2 target max(0, 1 - target {y})"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
