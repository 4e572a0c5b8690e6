//! Both shapes are named, and where they come from.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(8) -> relu;
        output y = hidden + x;
    }
}

fn main() {}
