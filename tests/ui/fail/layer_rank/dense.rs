//! A dense layer reads a vector; the help says how to make one.
use backprop::network;

network! {
    struct Net {
        input image: [8, 8];
        output y = image -> dense(2);
    }
}

fn main() {}
