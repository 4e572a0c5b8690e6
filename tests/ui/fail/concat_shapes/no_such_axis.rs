//! Axes are counted from 0.
use backprop::network;

network! {
    struct Net {
        input left: [2, 3];
        input right: [2, 3];
        output y = concat(left, right, axis = 2) -> flatten -> dense(2);
    }
}

fn main() {}
