//! The negative log-likelihood reads logarithms.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) -> softmax;
        loss nll(y);
    }
}

fn main() {}
