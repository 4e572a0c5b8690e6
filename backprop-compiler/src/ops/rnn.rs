//! `rnn(units)`: the simple recurrent layer.

use std::rc::Rc;

use super::recurrent::{Cell, configure as configure_recurrent};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "rnn",
    docs: "`rnn(units)`: `[steps, features]` to `[steps, units]`, h = tanh(x W_ih + b_ih + h W_hh + b_hh), step by step \
           from a state of zeros (Elman 1990). Arguments: `activation = tanh | relu`, and those of `gru`.",
    examples: &["rnn(3)", "rnn(2, activation = relu, bias = false, output = last)"],
    example_shape: &[4, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let relu = arguments.take_word("activation", &["tanh", "relu"]) == Some(1);
    configure_recurrent(arguments, LAYER.keyword, Cell::Rnn { relu })
}
