//! Two numbers have no angle between them.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(1);
        loss cosine(y);
    }
}

fn main() {}
