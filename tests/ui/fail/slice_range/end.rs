//! A slice ends where its axis ends.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> slice(start = 4, end = 9, axis = 1) -> flatten -> dense(2);
    }
}

fn main() {}
