//! All axes but the joined one are equal.
use backprop::network;

network! {
    struct Net {
        input left: [2, 3];
        input right: [3, 2];
        output y = concat(left, right, axis = 0) -> flatten -> dense(2);
    }
}

fn main() {}
