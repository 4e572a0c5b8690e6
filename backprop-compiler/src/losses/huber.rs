//! `huber(y)`: squares of small errors, distances of large ones.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Elementwise, Reduction};
use super::{Domain, Loss, LossKind};
use crate::functions::number;
use crate::resolve::Arguments;

pub const LOSS: LossKind = LossKind {
    keyword: "huber",
    docs: "`huber(y, delta = 1.0)`: (y - t)² / 2 where |y - t| ≤ delta, delta (|y - t| - delta \
           / 2) beyond (Huber 1964). The mean over the elements. Delta from 1e-6 to 1e6.",
    examples: &["huber(y)", "huber(y, delta = 0.5)"],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Loss>> {
    let limit = arguments.take_number("delta", 1.0, 1e-6..=1e6);
    let [delta, half] = [number(limit), number(limit / 2.0)];
    let loss = Elementwise {
        keyword: LOSS.keyword,
        reduction: Reduction::Mean,
        definition: Box::new(move |_, y, t| {
            let error = (y - t).abs();
            if error <= limit { error * error / 2.0 } else { limit * (error - limit / 2.0) }
        }),
        value: quote!({
            let error = rt::Scalar::abs(y - t);
            if error <= #delta { 0.5 * error * error } else { #delta * (error - #half) }
        }),
        derivative: quote!(rt::Scalar::clip(y - t, -#delta, #delta)),
        formulas: ["huber({y} - target)", "min(max(-delta, {y} - target), delta)"],
        domain: Domain::Anything,
        refuses: &[],
    };
    loss.build()
}
