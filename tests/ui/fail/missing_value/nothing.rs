//! A value is missing behind `=`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = ;
    }
}

fn main() {}
