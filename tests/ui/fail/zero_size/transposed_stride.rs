//! A window that does not move.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8];
        output y = x -> conv_transpose1d(4, kernel = 3, stride = 0) -> flatten -> dense(2);
    }
}

fn main() {}
