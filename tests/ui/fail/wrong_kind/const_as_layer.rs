//! A size needs the layer that has it.
use backprop::network;

network! {
    struct Net {
        const UNITS = 8;
        input x: [4];
        output y = x -> UNITS;
    }
}

fn main() {}
