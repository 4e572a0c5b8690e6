//! Groups divide the filters of a transposed convolution.
use backprop::network;

network! {
    struct Net {
        input x: [4, 8];
        output y = x -> conv_transpose1d(6, kernel = 3, groups = 4) -> flatten -> dense(2);
    }
}

fn main() {}
