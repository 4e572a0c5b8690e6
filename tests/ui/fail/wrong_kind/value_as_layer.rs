//! A value is joined, not applied.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(4);
        output y = x -> hidden;
    }
}

fn main() {}
