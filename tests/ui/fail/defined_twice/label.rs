//! Two layers have the same label: to share weights, leave the arguments out.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> dense(4) as mix;
        output y = a -> dense(4) as mix;
    }
}

fn main() {}
