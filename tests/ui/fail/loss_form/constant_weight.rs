//! The weight of a loss is written where it stands.
use backprop::network;

network! {
    struct Net {
        const WEIGHT = 2;
        input x: [4];
        output y = x -> dense(2);
        loss WEIGHT * mse(y);
    }
}

fn main() {}
