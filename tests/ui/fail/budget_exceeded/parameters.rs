//! By how much, and which layer is the largest.
use backprop::network;

network! {
    struct Net {
        input x: [16];
        output y = x -> dense(32) as wide -> relu -> dense(2);
        budget { parameters = 1 KiB }
    }
}

fn main() {}
