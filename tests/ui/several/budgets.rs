//! A budget is held although something else is wrong that does not touch shapes.
use backprop::network;

network! {
    struct Net {
        const UNUSED = 3;
        tile = 4;
        tile = 8;
        input x: [16];
        output y = x -> dense(32) as init -> relu -> dense(2)
        loss mse(y);
        budget { parameters = 1 KiB, inference = 16 B, flash = 2 KiB, step = 1 KiB, step = 2 KiB }
    }
}

fn main() {}
