//! More axes than two need an order.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> reshape([3, 4, 2]) -> transpose -> flatten -> dense(2);
    }
}

fn main() {}
