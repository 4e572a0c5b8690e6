//! A value and its layer stand side by side.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x dense(2);
    }
}

fn main() {}
