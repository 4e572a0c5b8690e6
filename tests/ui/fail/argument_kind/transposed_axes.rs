//! A list of numbers has one for each axis.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8, 8];
        output y = x -> conv_transpose2d(4, kernel = 3, stride = 2, output_padding = [1, 0, 1]) -> flatten -> dense(2);
    }
}

fn main() {}
