//! A difference before `->` has two readings.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x - x -> tanh;
    }
}

fn main() {}
