//! The first use of the block was made for another shape.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        block stage = dense(3) -> relu;
        output y = x -> stage as first -> first;
    }
}

fn main() {}
