//! Every const is a whole number, so that it has no type.
use backprop::network;

network! {
    struct Net {
        const UNITS: usize = 8;
        input x: [4];
        output y = x -> dense(UNITS);
    }
}

fn main() {}
