//! A loss names the output that it judges.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss mse;
    }
}

fn main() {}
