//! Attention reads a sequence.
use backprop::network;

network! {
    struct Net {
        input x: [10];
        output y = x -> attention(2) -> flatten -> dense(2);
    }
}

fn main() {}
