//! Some layers have no arguments.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> relu(0.1) -> dense(2);
    }
}

fn main() {}
