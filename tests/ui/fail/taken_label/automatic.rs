//! `dense1` is the automatic name of the first layer without a label.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(8) -> relu -> dense(2) as dense1;
    }
}

fn main() {}
