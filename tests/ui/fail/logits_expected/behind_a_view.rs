//! A view changes no element: what computes them counts.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(4) -> softmax -> reshape([2, 2]) -> flatten;
        loss cross_entropy(y);
    }
}

fn main() {}
