//! There is one loss; its terms are added.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        output z = x -> dense(2);
        loss mse(y);
        loss mse(z);
    }
}

fn main() {}
