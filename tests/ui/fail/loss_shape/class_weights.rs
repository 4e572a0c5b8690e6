//! There is a weight for each class.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss cross_entropy(y, class_weights = [1.0, 2.0, 3.0]);
    }
}

fn main() {}
