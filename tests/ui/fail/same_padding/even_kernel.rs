//! `same` padding is as much on the left as on the right, which an even kernel does not divide into.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4, kernel = 4, padding = same) -> flatten -> dense(2);
    }
}

fn main() {}
