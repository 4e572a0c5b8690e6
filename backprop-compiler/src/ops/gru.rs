//! `gru(units)`: the gated recurrent unit.

use std::rc::Rc;

use super::recurrent::{Cell, configure as configure_recurrent};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "gru",
    docs: "`gru(units)`: `[steps, features]` to `[steps, units]`, the gated recurrent unit of Cho et al. (2014) as PyTorch \
           has it: gates r, z, n in this order, the reset gate behind the product with the state. It begins with a state \
           of zeros. Arguments: `output = sequence | last` (`[units]`), `bidirectional = true | false` (a second \
           walk from the last step to the first, whose states stand behind those of the first), `truncation = n` (no \
           gradient is handed back over every n-th step), `bias`, `init` and `bias_init` (without them uniform within \
           1/√units) and `trainable = true | false`. Several layers are written one after the other.",
    examples: &["gru(3)", "gru(2, bidirectional = true)", "gru(2, output = last, bias = false)"],
    example_shape: &[4, 2],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    configure_recurrent(arguments, LAYER.keyword, Cell::Gru)
}
