//! Losses of what is no output.
use backprop::network;

network! {
    pub struct Net {
        input x: [4];
        let hidden = x -> dense(3) as first -> tanh;
        output y = hidden -> dense(2);
        loss mse(hidden) + mse(first) + mes(y) + cross_entropy(y, smoothing = 2, targets = index);
    }
}

fn main() {}
