//! Heads divide the features of a sequence.
use backprop::network;

network! {
    struct Net {
        input x: [8, 10];
        output y = x -> attention(4) -> flatten -> dense(2);
    }
}

fn main() {}
