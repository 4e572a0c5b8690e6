//! A value that no layer splits.
use backprop::network;

network! {
    struct Net {
        input x: [8];
        let (a, b) = x;
        output y = concat(b, a) -> dense(2);
    }
}

fn main() {}
