//! A part with a name is easier to read.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        output y = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((x))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))));
    }
}

fn main() {}
