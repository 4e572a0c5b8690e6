//! A transposed convolution is causal as it is: it spreads to what comes later.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8];
        output y = x -> conv_transpose1d(4, kernel = 3, padding = causal) -> flatten -> dense(2);
    }
}

fn main() {}
