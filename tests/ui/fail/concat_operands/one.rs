//! One value alone has nothing to be joined with.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = concat(x) -> dense(2);
    }
}

fn main() {}
