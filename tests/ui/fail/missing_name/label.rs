//! A label follows `as`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) as;
    }
}

fn main() {}
