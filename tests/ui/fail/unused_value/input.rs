//! An input that nothing uses would have to be given all the same.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        input mask: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
