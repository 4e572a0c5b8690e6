//! Only whole numbers can be calculated with.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, init = normal(std = 0.5 * 2));
    }
}

fn main() {}
