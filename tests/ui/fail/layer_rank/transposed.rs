//! A transposed convolution over rows and columns reads planes of channels.
use backprop::network;

network! {
    struct Net {
        input x: [8, 8];
        output y = x -> conv_transpose2d(4, kernel = 3) -> flatten -> dense(2);
    }
}

fn main() {}
