//! The softmax of one unit is 1, whatever the weights: for yes or no there is `binary_cross_entropy_with_logits`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1);
        loss cross_entropy(y);
    }
}

fn main() {}
