//! A difference may be negative.
use backprop::network;

network! {
    struct Net {
        const UNITS = 4;
        input x: [4];
        output y = x -> dense(UNITS - 8);
    }
}

fn main() {}
