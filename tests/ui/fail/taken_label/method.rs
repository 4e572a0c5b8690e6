//! `network.forward` would be a layer and a method.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) as forward;
    }
}

fn main() {}
