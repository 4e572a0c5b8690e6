//! Sizes that are none.
use backprop::network;

network! {
    pub struct Net {
        const NONE = 2 - 2;
        const NEGATIVE = 2 - 3;
        const DIVIDED = 2 / NONE;
        const HUGE = 9223372036854775807 * 4;
        tile = 0;
        input x: [4, 0];
        input a: [4];
        output y = a -> dense(0) -> dense(NONE);
        output z = a -> reshape([3, 2]);
        loss mse(y);
    }
}

fn main() {}
