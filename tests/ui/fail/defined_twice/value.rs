//! Values, labels and consts share one namespace.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(8);
        let hidden = hidden -> relu;
        output y = hidden -> dense(2);
    }
}

fn main() {}
