//! A single name in parentheses.
use backprop::network;

network! {
    struct Net {
        input x: [7];
        let (a) = x -> split([7]);
        output y = a -> dense(2);
    }
}

fn main() {}
