//! Time is one axis: rows and columns have no past.
use backprop::network;

network! {
    struct Net {
        input x: [1, 8, 8];
        output y = x -> conv2d(4, kernel = 3, padding = causal) -> flatten;
    }
}

fn main() {}
