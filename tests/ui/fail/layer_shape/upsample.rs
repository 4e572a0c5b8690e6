//! A factor for each axis behind the channels.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> upsample([2, 2]) -> flatten -> dense(2);
    }
}

fn main() {}
