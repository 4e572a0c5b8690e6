//! One element is all there is to share.
#![deny(warnings)]
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1) -> softmax;
        loss mse(y);
    }
}

fn main() {}
