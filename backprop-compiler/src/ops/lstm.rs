//! `lstm(units)`: long short-term memory.

use std::rc::Rc;

use super::recurrent::{Cell, configure as configure_recurrent};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "lstm",
    docs: "`lstm(units)`: `[steps, features]` to `[steps, units]`, long short-term memory (Hochreiter and Schmidhuber 1997) \
           as PyTorch has it: gates i, f, g, o in this order. It begins with states of zeros. Arguments: those of \
           `gru`.",
    examples: &["lstm(3)", "lstm(2, bidirectional = true, output = last)"],
    example_shape: &[4, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    configure_recurrent(arguments, LAYER.keyword, Cell::Lstm)
}
