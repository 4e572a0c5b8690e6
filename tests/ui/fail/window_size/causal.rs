//! A causal window is never larger than what it has; without padding it is.
use backprop::network;

network! {
    struct Net {
        input sound: [1, 16];
        output y = sound -> conv1d(4, kernel = 9, dilation = 2) -> flatten;
        output z = sound -> conv1d(4, kernel = 9, dilation = 2, padding = causal) -> flatten;
    }
}

fn main() {}
