//! A block takes no arguments.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        block stage = dense(4) -> relu;
        output y = x -> stage(8);
    }
}

fn main() {}
