//! A network without a loss takes no steps.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        budget { step = 1 KiB }
    }
}

fn main() {}
