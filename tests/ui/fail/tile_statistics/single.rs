//! One number has no variance.
use backprop::network;

network! {
    struct Net {
        tile = 1;
        input x: [4];
        output y = x -> dense(8) -> batch_norm(momentum = 0.01) -> dense(2);
        loss mse(y);
    }
}

fn main() {}
