//! A loss reads outputs by their names.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse(y -> relu);
    }
}

fn main() {}
