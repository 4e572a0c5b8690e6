//! A slope below 0 would be another function.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> leaky_relu(negative_slope = -1) -> dense(2);
    }
}

fn main() {}
