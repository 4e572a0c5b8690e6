//! There are two types of scalars.
use backprop::network;

network! {
    struct Net {
        dtype f16;
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
