//! A layer that no loss reaches is a warning on the layer.
#![deny(warnings)]

use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(3);
        output z = x -> dense(2) as idle;
        loss mse(y);
    }
}

fn main() {}
