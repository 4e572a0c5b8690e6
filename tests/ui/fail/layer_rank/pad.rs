//! Padding goes around planes.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> flatten -> pad(1) -> flatten -> dense(2);
    }
}

fn main() {}
