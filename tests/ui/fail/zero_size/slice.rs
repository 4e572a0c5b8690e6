//! A slice steps forward.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> slice(step = 0) -> flatten -> dense(2);
    }
}

fn main() {}
