//! A value has one meaning for good.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let mut hidden = x -> dense(8);
        output y = hidden -> dense(2);
    }
}

fn main() {}
