//! Nor with frozen ones.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, trainable = false);
        loss mse(y);
    }
}

fn main() {}
