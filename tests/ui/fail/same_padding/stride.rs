//! A window of odd length, whose stride leaves an odd number over.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4, kernel = 3, stride = 2, padding = same) -> flatten -> dense(2);
    }
}

fn main() {}
