//! Documentation belongs to the struct; what is said of a statement is a comment.
use backprop::network;

network! {
    struct Net {
        /// What the sensor says.
        input x: [4];
        output y = x -> dense(2);
    }
}

fn main() {}
