//! A flag is `true` or `false`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, bias = 0);
    }
}

fn main() {}
