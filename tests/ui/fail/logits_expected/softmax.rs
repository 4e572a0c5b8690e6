//! The loss computes the softmax itself, more exactly than two functions could: with another one before it,
//! training is slow and its probabilities are wrong.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> softmax;
        loss cross_entropy(y);
    }
}

fn main() {}
