//! All parameters together fit the address space.
use backprop::network;

network! {
    struct Net {
        input x: [65536];
        output y = x -> dense(65536);
    }
}

fn main() {}
