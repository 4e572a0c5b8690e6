//! A layer is missing between two arrows.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> -> dense(2);
    }
}

fn main() {}
