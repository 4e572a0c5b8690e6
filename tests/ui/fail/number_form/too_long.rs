//! No size has more than 64 bits.
use backprop::network;

network! {
    struct Net {
        input x: [99999999999999999999];
        output y = x -> dense(2);
    }
}

fn main() {}
