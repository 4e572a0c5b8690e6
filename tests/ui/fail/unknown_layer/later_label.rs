//! A label is used above the layer that it names.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> mix;
        output y = (a -> dense(4) as mix) -> dense(2);
    }
}

fn main() {}
