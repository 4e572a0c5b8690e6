//! Both readings are shown: rustc would have to guess.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(4);
        output y = hidden + x -> relu;
    }
}

fn main() {}
