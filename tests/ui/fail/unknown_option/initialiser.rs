//! The initialisers are listed, and the nearest is offered.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, init = xavier_normal);
    }
}

fn main() {}
