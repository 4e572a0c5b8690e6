//! Nor divided.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        input scale_of_x: [3];
        output y = x / scale_of_x;
    }
}

fn main() {}
