//! Each element is a yes or no of its own, and a softmax makes one choice of all.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> softmax;
        loss binary_cross_entropy(y);
    }
}

fn main() {}
