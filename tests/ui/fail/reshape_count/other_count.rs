//! A reshape changes no element, so that their number stays.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> reshape([3, 2]) -> flatten -> dense(2);
    }
}

fn main() {}
