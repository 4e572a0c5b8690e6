//! `let` joins the name and the value by `=`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden x -> dense(8);
        output y = hidden -> dense(2);
    }
}

fn main() {}
