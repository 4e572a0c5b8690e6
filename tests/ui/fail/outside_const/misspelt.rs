//! A misspelt const: the nearest is offered.
use backprop::network;

network! {
    struct Net {
        const UNITS = 8;
        input x: [4];
        output y = x -> dense(UNIT);
    }
}

fn main() {}
