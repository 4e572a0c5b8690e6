//! An input has a name: the argument of `forward` is called so.
use backprop::network;

network! {
    struct Net {
        input : [4];
        output y = x -> dense(2);
    }
}

fn main() {}
