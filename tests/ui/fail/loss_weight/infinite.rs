//! A weight fits the type of the scalars.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss 1e39 * mse(y);
    }
}

fn main() {}
