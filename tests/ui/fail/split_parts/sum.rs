//! The parts leave a place over.
use backprop::network;

network! {
    struct Net {
        input x: [7];
        let (a, b) = x -> split([2, 4]);
        output y = concat(b, a) -> dense(2);
    }
}

fn main() {}
