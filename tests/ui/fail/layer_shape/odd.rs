//! A gated linear unit halves an axis.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(5) -> glu -> dense(2);
    }
}

fn main() {}
