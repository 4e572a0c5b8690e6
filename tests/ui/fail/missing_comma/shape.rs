//! Two axes without a comma.
use backprop::network;

network! {
    struct Net {
        input x: [2 2];
        output y = x -> flatten -> dense(2);
    }
}

fn main() {}
