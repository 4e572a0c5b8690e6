//! Values of different ranks cannot stand side by side.
use backprop::network;

network! {
    struct Net {
        input image: [2, 3];
        input extra: [3];
        output y = concat(image, extra) -> flatten -> dense(2);
    }
}

fn main() {}
