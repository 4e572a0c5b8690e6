//! `network.frozen` is the block of frozen parameters.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) as frozen;
    }
}

fn main() {}
