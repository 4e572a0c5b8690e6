//! An activation has the code of the network.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> tanh(code = small);
    }
}

fn main() {}
