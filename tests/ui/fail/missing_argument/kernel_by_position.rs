//! A kernel has a name.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4, 3) -> flatten;
    }
}

fn main() {}
