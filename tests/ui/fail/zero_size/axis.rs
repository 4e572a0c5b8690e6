//! An axis has one element at least.
use backprop::network;

network! {
    struct Net {
        const ROWS = 8 / 16;
        input x: [ROWS, 2];
        output y = x -> flatten -> dense(2);
    }
}

fn main() {}
