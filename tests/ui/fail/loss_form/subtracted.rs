//! Losses can only be added.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        output z = x -> dense(2);
        loss mse(y) - mse(z);
    }
}

fn main() {}
