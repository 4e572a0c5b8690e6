//! A layer needs something to read.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = dense(2);
    }
}

fn main() {}
