//! A label names a layer and its weights; what the layer computes is named by `let`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let a = x -> dense(4) as mix -> relu;
        output y = a + mix;
    }
}

fn main() {}
