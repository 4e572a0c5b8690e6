//! How many rows the table has cannot be known.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> embedding(8) -> flatten -> dense(2);
    }
}

fn main() {}
