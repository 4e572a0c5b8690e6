//! Where nothing is near, the losses are listed.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        loss triplet(y);
    }
}

fn main() {}
