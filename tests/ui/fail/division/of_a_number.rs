//! Where a decimal number is expected, a division of whole ones would drop the remainder.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, init = normal(std = 1 / 50));
    }
}

fn main() {}
