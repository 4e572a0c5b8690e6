//! `type` cannot be the name of a field, and however often it is used, one message says so.
use backprop::network;

network! {
    struct Net {
        input type: [4];
        let hidden = type -> dense(8);
        output y = type -> dense(2);
    }
}

fn main() {}
