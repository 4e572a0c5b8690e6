//! A layer that wants other code than the network says so itself.
use backprop::network;

network! {
    struct Net {
        code = small;
        input x: [4];
        output y = x -> dense(2);
        code = fast;
    }
}

fn main() {}
