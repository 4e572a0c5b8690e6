//! Training makes a loss smaller: a negative weight would make it grow.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss -1 * mse(y);
    }
}

fn main() {}
