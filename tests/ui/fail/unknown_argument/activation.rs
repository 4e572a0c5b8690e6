//! An activation is a layer, not an argument.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, activation = relu);
    }
}

fn main() {}
