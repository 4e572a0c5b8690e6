//! Without a stride there is no output padding either: the kernel is what can change.
use backprop::network;

network! {
    struct Net {
        input x: [2, 8];
        output y = x -> conv_transpose1d(4, kernel = 4, padding = same) -> flatten -> dense(2);
    }
}

fn main() {}
