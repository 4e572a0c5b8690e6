//! What is joined stands before the axis.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = concat(x, axis = 0, x);
    }
}

fn main() {}
