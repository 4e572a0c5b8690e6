//! A sum over an axis that there is.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> sum(2) -> flatten -> dense(2);
    }
}

fn main() {}
