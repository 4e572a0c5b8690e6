//! `gru(units)`: the gated recurrent unit.

use std::rc::Rc;

use super::recurrent::{Cell, configure as configure_recurrent};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "gru",
    docs: "`gru(units)`: `[steps, features]` to `[steps, units]`, the gated recurrent unit of Cho et al. (2014) as PyTorch \
           has it: gates r, z, n in this order, the reset gate behind the product with the state. It begins with a state \
           of zeros. Arguments: `reset = after | before` (before that product, as in the paper's first version and in Keras \
           with `reset_after=False`: n = tanh(x W + b + (r ⊙ h) U + c)), `output = sequence | last` (`[units]`), `bidirectional = true | false` (a second \
           walk from the last step to the first, whose states stand behind those of the first), `truncation = n` (no \
           gradient is handed back over every n-th step), `bias`, `init` and `bias_init` (without them uniform within \
           1/√units) and `trainable = true | false`. Several layers are written one after the other.",
    examples: &[
        "gru(3)",
        "gru(2, bidirectional = true)",
        "gru(2, output = last, bias = false)",
        "gru(2, reset = before)",
    ],
    example_shape: &[4, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let resets_before = arguments.take_word("reset", &["after", "before"]) == Some(1);
    configure_recurrent(arguments, LAYER.keyword, Cell::Gru { resets_before })
}
