//! Limits stand in braces.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        budget parameters = 1 KiB;
    }
}

fn main() {}
