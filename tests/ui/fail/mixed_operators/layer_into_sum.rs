//! What stands before `+` is put in parentheses.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(4) + x;
    }
}

fn main() {}
