//! A weight stands before its loss.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y) * 0.5;
    }
}

fn main() {}
