//! The logarithm of what is no probability is not a number.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1);
        loss binary_cross_entropy(y);
    }
}

fn main() {}
