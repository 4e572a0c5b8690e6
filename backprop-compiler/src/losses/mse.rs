//! `mse(y)`: the mean over the elements of the squared difference from the target.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "mse",
    docs: "`mse(y)`: (y - t)². The mean over the elements.",
    examples: &["mse(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| (y - t) * (y - t)),
        value: quote!({
            let error = y - t;
            error * error
        }),
        derivative: quote!({
            let error = y - t;
            error + error
        }),
        formulas: ["({y} - target)²", "2 ({y} - target)"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
