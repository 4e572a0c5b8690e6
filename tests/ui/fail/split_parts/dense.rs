//! A layer that computes one value.
use backprop::network;

network! {
    struct Net {
        input x: [8];
        let (a, b) = x -> dense(4);
        output y = concat(b, a) -> dense(2);
    }
}

fn main() {}
