//! A window that does not move.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4, kernel = 3, stride = 0) -> flatten;
    }
}

fn main() {}
