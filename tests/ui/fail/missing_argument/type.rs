//! `custom` is told the type that implements it.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> custom -> dense(2);
    }
}

fn main() {}
