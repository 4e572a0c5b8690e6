//! A layer is a word of the language, not an item of a crate.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> nn::relu;
    }
}

fn main() {}
