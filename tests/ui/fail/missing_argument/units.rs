//! The size of a layer has no default.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense;
    }
}

fn main() {}
