//! A workspace is as large as its purpose needs, and its type says which.
use backprop::{Batch, Inference, Optimizer, Sgd, Step, network};

network! {
    pub struct Net {
        input x: [4];
        output y = x -> dense(3);
        loss mse(y);
    }
}

fn main() {
    let mut net = Net::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut inference = NetWorkspace::<Inference>::new();
    let mut step = NetWorkspace::<Step>::new();
    let _: NetWorkspace<Batch> = NetWorkspace::new();
    let _ = net.train_step_with(&[0.0; 4], &[0.0; 3], &mut optimizer, &mut inference);
    let _ = net.train_batch_with(&[[0.0; 4]], &[[0.0; 3]], &mut optimizer, &mut step);
}
