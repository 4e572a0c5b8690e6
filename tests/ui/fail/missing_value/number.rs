//! A number is no value: a layer multiplies by one.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x * 2;
    }
}

fn main() {}
