//! The same by its path.
use backprop::network;

mod sizes { pub const UNITS: usize = 8; }

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(sizes::UNITS);
    }
}

fn main() {}
