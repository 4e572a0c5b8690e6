//! Sizes know `+`, `-`, `*`, `/` and parentheses.
use backprop::network;

network! {
    struct Net {
        const UNITS = 17 % 5;
        input x: [4];
        output y = x -> dense(UNITS);
    }
}

fn main() {}
