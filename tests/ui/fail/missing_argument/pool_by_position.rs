//! So does that of a pool.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> max_pool1d(2) -> flatten;
    }
}

fn main() {}
