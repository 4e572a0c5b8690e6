//! A layer of a block that is not there: said once, however often the block is used.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        block stage = dense(4) -> rulu;
        output y = x -> stage -> stage;
    }
}

fn main() {}
