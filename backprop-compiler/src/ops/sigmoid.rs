//! `sigmoid`: 1 / (1 + e^-x), the logistic function.

use std::rc::Rc;

use super::elementwise::Elementwise;
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "sigmoid", configure };

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Elementwise {
        keyword: LAYER.keyword,
        kernel: "Sigmoid",
        function: |x| 1.0 / (1.0 + (-x).exp()),
        formula: |x| format!("1 / (1 + e^-{x})"),
        derivative: |y| format!("{y} ⊙ (1 - {y})"),
        init_before: None,
    }))
}
