//! A value is used above its definition.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = hidden -> dense(2);
        let hidden = x -> dense(8);
    }
}

fn main() {}
