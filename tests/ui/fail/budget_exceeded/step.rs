//! The memory of a training step.
use backprop::network;

network! {
    struct Net {
        input x: [16];
        output y = x -> dense(32) -> relu -> dense(2);
        loss mse(y);
        budget { step = 128 B }
    }
}

fn main() {}
