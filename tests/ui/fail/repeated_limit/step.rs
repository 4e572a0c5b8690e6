//! A limit is given once.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y);
        budget { step = 1 KiB, step = 2 KiB }
    }
}

fn main() {}
