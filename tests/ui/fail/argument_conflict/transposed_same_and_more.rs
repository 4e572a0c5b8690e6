//! `same` is a size, and so leaves nothing to add.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8];
        output y = x -> conv_transpose1d(4, kernel = 4, stride = 2, padding = same, output_padding = 1) -> flatten -> dense(2);
    }
}

fn main() {}
