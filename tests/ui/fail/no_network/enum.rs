//! An `enum` is no network.
use backprop::network;

network! {
    enum Net {
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
