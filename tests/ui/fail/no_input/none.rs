//! What would it be a function of?
use backprop::network;

network! {
    struct Net {
        output y = x -> dense(2);
    }
}

fn main() {}
