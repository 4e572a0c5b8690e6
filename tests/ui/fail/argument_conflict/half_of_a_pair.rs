//! Bounds are given together, or one for both sides.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, init = uniform(low = -0.5));
    }
}

fn main() {}
