//! The second `relu` reads nothing below 0.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(8) -> relu -> relu -> dense(2);
        loss mse(y);
    }
}

fn main() {}
