//! The memory of a forward pass, and which value is the largest.
use backprop::network;

network! {
    struct Net {
        input x: [16];
        output y = x -> dense(32) -> relu -> dense(2);
        budget { inference = 64 B }
    }
}

fn main() {}
