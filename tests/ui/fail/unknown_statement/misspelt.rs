//! A misspelt keyword: the nearest is offered.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        outptu y = x -> dense(2);
    }
}

fn main() {}
