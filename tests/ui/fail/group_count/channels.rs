//! Groups divide the channels of the input.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> conv1d(4, kernel = 3, groups = 2) -> flatten -> dense(2);
    }
}

fn main() {}
