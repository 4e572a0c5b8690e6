//! A const is used above its definition.
use backprop::network;

network! {
    struct Net {
        input x: [UNITS];
        const UNITS = 8;
        output y = x -> dense(2);
    }
}

fn main() {}
