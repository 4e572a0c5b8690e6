//! A kernel that `dilation` stretches beyond the planes and their padding.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8, 3];
        output y = x -> conv2d(4, kernel = 5, padding = [0, 1]) -> flatten -> dense(2);
        output z = x -> conv2d(4, kernel = 3, dilation = 4) -> flatten -> dense(2);
    }
}

fn main() {}
