//! An argument without its value.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, bias = );
    }
}

fn main() {}
