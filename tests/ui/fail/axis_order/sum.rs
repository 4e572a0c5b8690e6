//! A sum names each axis once.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> sum([1, 1]) -> flatten -> dense(2);
    }
}

fn main() {}
