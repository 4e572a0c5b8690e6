//! Seven places have no two equal parts.
use backprop::network;

network! {
    struct Net {
        input x: [7];
        let (a, b) = x -> split;
        output y = concat(b, a) -> dense(2);
    }
}

fn main() {}
