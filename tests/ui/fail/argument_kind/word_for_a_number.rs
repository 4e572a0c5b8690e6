//! A slope is a number.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> leaky_relu(negative_slope = steep) -> dense(2);
    }
}

fn main() {}
