//! Where nothing is near, the layers are listed.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> capsule(heads = 8);
    }
}

fn main() {}
