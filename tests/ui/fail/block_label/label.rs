//! A label inside of a block.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        block stage = dense(4) as mix -> relu;
        output y = x -> stage -> stage;
    }
}

fn main() {}
