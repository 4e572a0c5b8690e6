//! A const of the declaration cannot read one from outside.
use backprop::network;

network! {
    struct Net {
        const UNITS = u8::MAX;
        input x: [4];
        output y = x -> dense(UNITS);
    }
}

fn main() {}
