//! There are more sizes than names.
use backprop::network;

network! {
    struct Net {
        input x: [7];
        let (a, b) = x -> split([2, 4, 1]);
        output y = concat(b, a) -> dense(2);
    }
}

fn main() {}
