//! Zeros on both sides, or on each.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> pad(1, before = 2) -> flatten -> dense(2);
    }
}

fn main() {}
