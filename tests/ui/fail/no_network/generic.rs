//! The sizes of a network are its own: it has no generic parameters.
use backprop::network;

network! {
    struct Net<const UNITS: usize> {
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
