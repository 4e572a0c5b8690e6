//! A convolution over rows and columns reads planes; one over a single axis reads rows of channels.
use backprop::network;

network! {
    struct Net {
        input image: [28, 28];
        input sound: [40];
        output y = image -> conv2d(4, kernel = 3) -> flatten;
        output z = sound -> conv1d(4, kernel = 3) -> flatten;
    }
}

fn main() {}
