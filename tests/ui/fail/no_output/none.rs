//! What would it compute?
use backprop::network;

network! {
    struct Net {
        input x: [4];
    }
}

fn main() {}
