//! A recurrent layer gives all states or the last.
use backprop::network;

network! {
    struct Net {
        input signal: [40, 1];
        output y = signal -> lstm(6, output = first) -> flatten -> dense(2);
    }
}

fn main() {}
