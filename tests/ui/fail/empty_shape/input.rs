//! A single number is a value of one axis of length 1.
use backprop::network;

network! {
    struct Net {
        input x: [];
        output y = x -> dense(2);
    }
}

fn main() {}
