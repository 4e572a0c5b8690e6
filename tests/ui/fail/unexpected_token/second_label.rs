//! A label stands once, right behind its layer.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2) as first as second;
    }
}

fn main() {}
