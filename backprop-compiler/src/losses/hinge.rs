//! `hinge(y)`: how far a score is from the right side of a margin.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "hinge",
    docs: "`hinge(y)`: max(0, 1 - t y), t either -1 or 1 (Cortes and Vapnik 1995). The mean \
           over the elements.",
    examples: &["hinge(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| (1.0 - t * y).max(0.0)),
        value: quote!(rt::Scalar::larger(1.0 - t * y, 0.0)),
        derivative: quote!(if t * y < 1.0 { -t } else { 0.0 }),
        formulas: ["max(0, 1 - target {y})", "-target [target {y} < 1]"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
