//! What is added behind the last place is less than a window moves by.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8];
        output y = x -> conv_transpose1d(4, kernel = 3, stride = 2, output_padding = 2) -> flatten -> dense(2);
    }
}

fn main() {}
