//! `relu`: max(0, x); the derivative at 0 is 0, as in PyTorch.

use std::rc::Rc;

use super::elementwise::Elementwise;
use super::{Layer, Op};
use crate::init::Init;
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer { keyword: "relu", configure };

fn configure(_arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    Some(Rc::new(Elementwise {
        keyword: LAYER.keyword,
        kernel: "Relu",
        function: |x| if x < 0.0 { 0.0 } else { x },
        formula: |x| format!("max(0, {x})"),
        derivative: |y| format!("[{y} > 0]"),
        init_before: Some(Init::HeUniform),
    }))
}
