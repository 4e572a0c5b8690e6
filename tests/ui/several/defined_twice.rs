//! One namespace, and what stands in it already.
use backprop::network;

network! {
    pub struct Net {
        const WIDTH = 3;
        input x: [4];
        let x = x -> dense(WIDTH) as WIDTH;
        let dense = x -> tanh;
        output y = x -> dense(2) as dense2 -> dense(2);
        output y = x -> relu;
        loss mse(y);
    }
}

fn main() {}
