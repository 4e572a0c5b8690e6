//! Words stand without quotes.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, init = "zeros");
    }
}

fn main() {}
