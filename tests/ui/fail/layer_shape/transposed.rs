//! Padding of a transposed convolution is cut off its result.
use backprop::network;

network! {
    struct Net {
        input x: [2, 3];
        output y = x -> conv_transpose1d(4, kernel = 3, padding = 3) -> flatten -> dense(2);
    }
}

fn main() {}
