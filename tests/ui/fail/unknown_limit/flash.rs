//! A budget limits what the compiler can count.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = x -> dense(2);
        budget { flash = 1 KiB }
    }
}

fn main() {}
