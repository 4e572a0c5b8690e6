//! `i8` is reserved for quantised networks.
use backprop::network;

network! {
    struct Net {
        dtype i8;
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
