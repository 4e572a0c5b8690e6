//! A layer without bias cannot train it.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, bias = false, trainable = bias);
    }
}

fn main() {}
