//! The product of the axes counts.
use backprop::network;

network! {
    struct Net {
        input x: [65536, 65536];
        output y = x -> flatten -> dense(2);
    }
}

fn main() {}
