//! A list has a number for each axis that the window moves over.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8, 8];
        output y = x -> conv2d(4, kernel = [3, 3, 3]) -> flatten;
    }
}

fn main() {}
