//! A slice of an axis that there is.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> slice(end = 2, axis = 2) -> flatten -> dense(2);
    }
}

fn main() {}
