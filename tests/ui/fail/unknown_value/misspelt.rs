//! A misspelt name: the nearest is offered, and however often it is used, one message says so.
use backprop::network;

network! {
    struct Net {
        input image: [4];
        let hidden = imaeg -> dense(8) -> relu;
        output y = hidden + (imaeg -> dense(8));
    }
}

fn main() {}
