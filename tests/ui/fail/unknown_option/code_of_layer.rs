//! A layer has the words of the network.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2, code = tiny);
    }
}

fn main() {}
