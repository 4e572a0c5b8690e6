//! A misspelt argument: the nearest is offered.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, baias = false);
    }
}

fn main() {}
