//! A share is a number from 0 to 1.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss cross_entropy(y, smoothing = 2);
    }
}

fn main() {}
