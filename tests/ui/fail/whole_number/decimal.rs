//! A size is a whole number.
use backprop::network;

network! {
    struct Net {
        input x: [4.0];
        output y = x -> dense(2);
    }
}

fn main() {}
