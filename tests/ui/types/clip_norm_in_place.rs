//! What needs all gradients at once cannot update each layer in place.
use backprop::{Optimizer, Sgd, network};

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(3);
        loss mse(y);
    }
}

network! {
    pub struct Other {
        input x: [4];
        output y = x -> dense(3);
        loss mse(y);
    }
}

fn main() {
    let mut net = Net::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1)).clip_norm(1.0);
    let _ = net.train_batch(&[[0.0; 4]], &[[0.0; 3]], &mut optimizer);
    let _ = net.train_step(&[0.0; 4], &[0.0; 3], &mut optimizer);

    let mut optimizer = Optimizer::<Sgd, OtherGradient>::new(Sgd::new(0.1));
    let _ = net.train_step(&[0.0; 4], &[0.0; 3], &mut optimizer);
}
