//! The same for a product, of three operands.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        input gate: [3];
        output y = x * x * gate;
    }
}

fn main() {}
