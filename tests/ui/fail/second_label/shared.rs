//! A layer that is used again has its label already.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> dense(4) as mix;
        output y = a -> mix as again;
    }
}

fn main() {}
