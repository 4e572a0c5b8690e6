//! `tanh`: the hyperbolic tangent.

use std::rc::Rc;

use super::elementwise::Elementwise;
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "tanh", configure };

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Elementwise {
        keyword: LAYER.keyword,
        kernel: "Tanh",
        function: f64::tanh,
        formula: |x| format!("tanh({x})"),
        derivative: |y| format!("(1 - {y}²)"),
        init_before: None,
    }))
}
