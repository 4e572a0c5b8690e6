//! A layer that is used again is the same module.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(4) as mix -> relu -> mix as "encoder.0";
    }
}

fn main() {}
