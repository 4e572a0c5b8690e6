//! A recurrent layer goes through a sequence; the help says how a signal becomes one.
use backprop::network;

network! {
    struct Net {
        input signal: [40];
        output y = signal -> gru(6, output = last) -> dense(2);
    }
}

fn main() {}
