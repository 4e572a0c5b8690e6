//! `smooth_l1(y)`: distances, but for a parabola around zero.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "smooth_l1",
    docs: "`smooth_l1(y, beta = 1.0)`: (y - t)² / (2 beta) where |y - t| < beta, |y - t| - beta \
           / 2 beyond (Girshick 2015). The mean over the elements. Beta from 1e-6 to 1e6.",
    examples: &["smooth_l1(y)", "smooth_l1(y, beta = 0.5)"],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let width = arguments.take_number("beta", 1.0, 1e-6..=1e6);
    let [beta, half] = [number(width), number(width / 2.0)];
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(move |_, y, t| {
            let error = (y - t).abs();
            if error < width { error * error / (2.0 * width) } else { error - width / 2.0 }
        }),
        value: quote!({
            let error = rt::Scalar::abs(y - t);
            if error < #beta { 0.5 * error * error / #beta } else { error - #half }
        }),
        derivative: quote!(rt::Scalar::clip((y - t) / #beta, -1.0, 1.0)),
        formulas: ["smooth_l1({y} - target)", "min(max(-1, ({y} - target) / beta), 1)"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
