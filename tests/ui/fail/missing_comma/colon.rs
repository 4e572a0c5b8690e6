//! An argument and its value are joined by `=`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, bias: false);
    }
}

fn main() {}
