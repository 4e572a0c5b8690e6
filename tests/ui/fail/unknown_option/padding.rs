//! Padding is a word or a number.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4, kernel = 3, padding = full) -> flatten;
    }
}

fn main() {}
