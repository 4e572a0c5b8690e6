//! What other frameworks call a layer is known.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> Linear(2);
    }
}

fn main() {}
