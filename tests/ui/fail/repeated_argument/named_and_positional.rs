//! The size is given by its place and by its name.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, units = 3);
    }
}

fn main() {}
