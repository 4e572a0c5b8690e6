//! `mae(y)`: the mean over the elements of the distance from the target.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "mae",
    docs: "`mae(y)`: |y - t|, PyTorch's `L1Loss`; the derivative at 0 is 0. The mean over the \
           elements.",
    examples: &["mae(y)"],
    configure,
};

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(|_, y, t| (y - t).abs()),
        value: quote!(rt::Scalar::abs(y - t)),
        derivative: quote!(rt::Scalar::sign(y - t)),
        formulas: ["|{y} - target|", "sign({y} - target)"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
