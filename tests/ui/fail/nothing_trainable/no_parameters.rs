//! Without parameters there is nothing to train.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> tanh;
        loss mse(y);
    }
}

fn main() {}
