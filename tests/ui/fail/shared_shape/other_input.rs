//! Weights were made for one number of inputs.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> dense(3) as mix;
        output y = a -> mix;
    }
}

fn main() {}
