//! A convolution has a kernel.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8];
        output y = x -> conv1d(4) -> flatten;
    }
}

fn main() {}
