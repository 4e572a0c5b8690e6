//! A value that nothing uses is a mistake more often than not.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(8) -> relu;
        output y = x -> dense(2);
    }
}

fn main() {}
