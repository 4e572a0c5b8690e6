//! A convolution over rows and columns reads planes of channels.
use backprop::network;

network! {
    struct Net {
        input image: [28, 28];
        output y = image -> conv2d(4, kernel = 3) -> flatten;
    }
}

fn main() {}
