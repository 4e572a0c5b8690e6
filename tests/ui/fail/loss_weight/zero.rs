//! A loss that counts nothing trains nothing.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss 0 * mse(y);
    }
}

fn main() {}
