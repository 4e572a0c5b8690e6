//! `prelu` has a slope for each element of the first axis, or one for all.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> prelu(3) -> dense(2);
    }
}

fn main() {}
