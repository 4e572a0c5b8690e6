//! A macro sees tokens: what a constant outside of it is worth is not known when the network is compiled.
use backprop::network;

const UNITS: usize = 8;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(UNITS);
    }
}

fn main() {}
