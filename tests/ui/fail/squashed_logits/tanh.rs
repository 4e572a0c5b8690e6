//! Logits between -1 and 1 make no class likelier than e² times another.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1) -> tanh;
        loss binary_cross_entropy_with_logits(y);
    }
}

fn main() {}
