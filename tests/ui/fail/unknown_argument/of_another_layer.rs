//! The arguments of the layer are listed.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, kernel = 3);
    }
}

fn main() {}
