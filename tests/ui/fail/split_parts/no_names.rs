//! Several values where one is wanted.
use backprop::network;

network! {
    struct Net {
        input x: [8];
        output y = x -> split -> dense(2);
    }
}

fn main() {}
