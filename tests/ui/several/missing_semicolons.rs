//! What a statement without its semicolon defines is known, so that only the semicolons are missing.
use backprop::{Optimizer, Sgd, network};

network! {
    struct Net {
        input x: [4]
        let hidden = x -> dense(8) -> relu
        output y = hidden -> dense(2)
        loss mse(y)
    }
}

fn main() -> Result<(), backprop::Error> {
    let mut net = Net::new(1);
    let _: [f32; 2] = net.forward(&[0.0; 4]);
    net.train_step(&[0.0; 4], &[1.0; 2], &mut Optimizer::new(Sgd::new(0.1)))?;
    Ok(())
}
