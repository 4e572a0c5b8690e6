//! The message stands on what follows; whatever the statement defines is known all the same.
use backprop::network;

network! {
    struct Net {
        input x: [4];
        let hidden = x -> dense(8) -> relu
        output y = hidden -> dense(2);
    }
}

fn main() {}
