//! Arguments that the layers do not have, or not so.
use backprop::network;

network! {
    pub struct Net {
        dtype f16;
        input x: [4];
        let a = x -> dense -> relu(3);
        let b = a -> dense(4, bais = false, bias = maybe);
        let c = b -> dense(4, bias = false, trainable = weight);
        output y = c -> dense(2, 3, init = he) -> softmax(axis = 1);
        loss mse(y);
    }
}

fn main() {}
