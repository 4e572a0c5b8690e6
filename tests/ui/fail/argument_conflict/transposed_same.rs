//! `same` cuts as much off the left as off the right, which this kernel and stride do not divide into.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8, 8];
        output y = x -> conv_transpose2d(4, kernel = [3, 4], stride = 2, padding = same) -> flatten -> dense(2);
    }
}

fn main() {}
