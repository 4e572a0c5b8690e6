//! A statement may have only one keyword.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output let y = x -> dense(2);
    }
}

fn main() {}
