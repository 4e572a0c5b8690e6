//! There is no such axis.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> max(2) -> flatten -> dense(2);
    }
}

fn main() {}
