//! A value is named with `let`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        hidden = x -> dense(8) -> relu;
        output y = hidden -> dense(2);
    }
}

fn main() {}
