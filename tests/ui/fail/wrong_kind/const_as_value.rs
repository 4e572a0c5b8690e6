//! A const is a size, not a value of the network.
use backprop::network;

network! {
    struct Net {
        const BIAS = 1;
        input x: [4];
        output y = x + BIAS;
    }
}

fn main() {}
