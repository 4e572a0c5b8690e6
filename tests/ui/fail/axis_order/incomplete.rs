//! An order names all axes.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        output y = x -> reshape([3, 4, 2]) -> transpose([1, 0]) -> flatten -> dense(2);
    }
}

fn main() {}
