//! A slice begins before it ends.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> slice(start = 4, end = 4, axis = 1) -> flatten -> dense(2);
    }
}

fn main() {}
