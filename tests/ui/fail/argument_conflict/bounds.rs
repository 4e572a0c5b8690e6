//! The lower bound is the lower one.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> hard_tanh(min_val = 2, max_val = -2) -> dense(2);
    }
}

fn main() {}
