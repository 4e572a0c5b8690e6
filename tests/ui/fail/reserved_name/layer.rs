//! A layer's word is no name.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let relu = x -> dense(8) -> relu;
        output y = relu -> dense(2);
    }
}

fn main() {}
