//! Slips of the grammar.
use backprop::network;

network! {
    pub struct Net {
        input x: [4]
        let a = x -> dense(3);
        let b = x + a -> tanh;
        outputs y = a -> dense(2);
        loss mse(y);
    }
}

fn main() {}
