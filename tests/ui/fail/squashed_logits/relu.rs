//! A ReLU leaves no logit below 0, so that no class can be less likely than not.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> relu;
        loss cross_entropy(y);
    }
}

fn main() {}
