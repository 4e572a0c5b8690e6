//! The target is no part of the declaration: it is an argument of `train_step`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y, target);
    }
}

fn main() {}
