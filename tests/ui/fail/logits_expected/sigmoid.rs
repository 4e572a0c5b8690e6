//! The same for the sigmoid of a yes or no.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1) -> sigmoid;
        loss binary_cross_entropy_with_logits(y);
    }
}

fn main() {}
