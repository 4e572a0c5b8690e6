//! A path has a part between any two points.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(8) as hidden "encoder..0" -> relu -> dense(2);
    }
}

fn main() {}
