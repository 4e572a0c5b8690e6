//! What is computed right at the output needs a name.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output x -> dense(2);
    }
}

fn main() {}
