//! A class is one of the elements of a vector.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(4) -> reshape([2, 2]);
        loss cross_entropy(y);
    }
}

fn main() {}
