//! Whose mean and variance a `batch_norm` takes in training is declared: those of a tile.
use backprop::network;

network! {
    struct Net {
        input x: [3, 8];
        let a = x -> conv1d(4, kernel = 3, bias = false) -> batch_norm -> relu;
        output y = a -> flatten -> dense(8, bias = false) -> batch_norm -> relu -> dense(2);
        loss mse(y);
    }
}

fn main() {}
