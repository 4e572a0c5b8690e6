//! Numbers have no suffix but `usize`.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2u8);
    }
}

fn main() {}
