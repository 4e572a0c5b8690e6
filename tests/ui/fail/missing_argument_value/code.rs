//! `code` is one of two words.
use backprop::network;

network! {
    struct Net {
        code = ;
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
