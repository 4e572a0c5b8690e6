//! Values of different shapes are not subtracted.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        input shift: [3];
        output y = x - shift;
    }
}

fn main() {}
