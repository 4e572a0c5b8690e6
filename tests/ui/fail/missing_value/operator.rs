//! An operand is missing.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(4);
        output y = hidden + ;
    }
}

fn main() {}
