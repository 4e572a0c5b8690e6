//! Units stand in a budget only.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2KiB);
    }
}

fn main() {}
