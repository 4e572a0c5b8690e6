//! A network that learns from the statistics of a tile has nothing that learns from a single sample.
use backprop::{Optimizer, Sgd, network};

network! {
    pub struct Net {
        tile = 4;
        input x: [4];
        output y = x -> dense(3, bias = false) -> batch_norm;
        loss mse(y);
    }
}

fn main() {
    let mut net = Net::new(1);
    let _ = net.train_step(&[0.0; 4], &[0.0; 3], &mut Optimizer::new(Sgd::new(0.1)));
    let _ = net.backward(&[0.0; 4], &[0.0; 3], &mut NetGradient::default());
}
