//! Code is small or fast.
use backprop::network;

network! {
    struct Net {
        code = smal;
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
