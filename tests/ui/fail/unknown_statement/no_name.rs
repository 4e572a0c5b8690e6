//! A value that is computed has a name.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(8);
        hidden -> relu;
        output y = hidden -> dense(2);
    }
}

fn main() {}
