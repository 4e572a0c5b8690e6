//! Joins, one by one.
use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        input z: [2, 3];
        let a = x -> dense(3);
        let b = x -> dense(5);
        output total = a + b;
        output product = (a * b) -> tanh;
        output sides = concat(a, z);
        loss mse(total);
    }
}

fn main() {}
