//! A size is divided by zero.
use backprop::network;

network! {
    struct Net {
        const HALF = 8 / (2 - 2);
        input x: [4];
        output y = x -> dense(HALF);
    }
}

fn main() {}
