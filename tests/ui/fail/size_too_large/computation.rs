//! Sizes are computed exactly, to a limit.
use backprop::network;

network! {
    struct Net {
        const HUGE = 18446744073709551615;
        input x: [HUGE * HUGE * HUGE];
        output y = x -> dense(2);
    }
}

fn main() {}
