//! Nothing says by what.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> scale;
    }
}

fn main() {}
