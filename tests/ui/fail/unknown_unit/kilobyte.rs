//! The units are powers of 1024, and are called so.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        budget { parameters = 4 KB }
    }
}

fn main() {}
