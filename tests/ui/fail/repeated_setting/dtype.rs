//! All scalars of a network are of one type.
use backprop::network;

network! {
    struct Net {
        dtype f32;
        input x: [4];
        output y = x -> dense(2);
        dtype f64;
    }
}

fn main() {}
