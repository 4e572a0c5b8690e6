//! An argument that is a word has one of its words.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> gelu(approximate = sigmoid) -> dense(2);
    }
}

fn main() {}
