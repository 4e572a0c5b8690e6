//! A shape is a list of axes, even where there is one.
use backprop::network;

network! {
    struct Net {
        input x: 4;
        output y = x -> dense(2);
    }
}

fn main() {}
