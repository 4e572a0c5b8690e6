//! A loss judges an output in a statement of its own.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> mse;
    }
}

fn main() {}
