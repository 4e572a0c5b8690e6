//! A const that nothing uses.
use backprop::network;

network! {
    struct Net {
        const UNITS = 8;
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
