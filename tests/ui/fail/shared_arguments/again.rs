//! A label's first use carries the arguments.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> dense(4) as mix;
        output y = a -> mix(4);
    }
}

fn main() {}
