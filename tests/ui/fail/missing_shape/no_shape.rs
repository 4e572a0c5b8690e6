//! The compiler knows nothing of an input but what is written.
use backprop::network;

network! {
    struct Net {
        input x;
        output y = x -> dense(2);
    }
}

fn main() {}
