//! A loss judges what `forward` returns.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let z = x -> dense(2);
        output y = z -> softmax;
        loss cross_entropy(z);
    }
}

fn main() {}
