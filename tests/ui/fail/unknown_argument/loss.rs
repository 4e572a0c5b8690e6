//! Losses have arguments, too.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y, reduction = sum);
    }
}

fn main() {}
