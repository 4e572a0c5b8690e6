//! A misspelt layer: the nearest is offered.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dence(2);
    }
}

fn main() {}
