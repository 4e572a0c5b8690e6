//! Values are added and multiplied, and joined side by side; there is no difference.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x - x;
    }
}

fn main() {}
