//! One value is one output.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        output y;
    }
}

fn main() {}
