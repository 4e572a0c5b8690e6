//! A pad says how many zeros.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> pad -> flatten -> dense(2);
    }
}

fn main() {}
