//! The negative log-likelihood of what is no logarithm of a probability has no lower bound.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss nll(y);
    }
}

fn main() {}
