//! A layer has one unit at least.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(0);
    }
}

fn main() {}
