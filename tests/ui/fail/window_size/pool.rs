//! Every window of a pool sees an element.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> max_pool1d(kernel = 2, padding = 2) -> flatten;
    }
}

fn main() {}
