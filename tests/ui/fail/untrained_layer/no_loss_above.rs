//! The layer stays as it started: a loss is missing, or `trainable = false`.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output class = x -> dense(2);
        output level = x -> dense(1);
        loss cross_entropy(class);
    }
}

fn main() {}
