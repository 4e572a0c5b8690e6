//! A network without a loss has `forward` and `backward_from`, and nothing that needs a target.
use backprop::{Optimizer, Sgd, Trainable, network};

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(3);
    }
}

fn train_any<N: Trainable>(_: &mut N) {}

fn main() {
    let mut net = Net::new(1);
    let _ = net.train_step(&[0.0; 4], &[0.0; 3], &mut Optimizer::new(Sgd::new(0.1)));
    train_any(&mut net);
}
