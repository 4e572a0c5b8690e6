//! No target of 32 bits could address it.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(5000000000);
    }
}

fn main() {}
