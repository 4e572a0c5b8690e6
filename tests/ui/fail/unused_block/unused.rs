//! No arrow leads to the block.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        block stage = dense(4) -> relu;
        output y = x -> dense(2);
    }
}

fn main() {}
