//! A network has its statements between braces.
use backprop::network;

network! {
    struct Net;
}

fn main() {}
