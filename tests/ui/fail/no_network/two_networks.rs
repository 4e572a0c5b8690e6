//! Each network has a `network!` of its own.
use backprop::network;

network! {
    struct First {
        input x: [4];
        output y = x -> dense(2);
    }
    struct Second {
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
