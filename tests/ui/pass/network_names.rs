//! Networks called as the type parameters of the generated code.
#![deny(warnings)]

use backprop::{Error, Optimizer, Sgd};

macro_rules! declare_and_train {
    ($($name:ident $train:ident),*) => { $(
        backprop::network! {
            struct $name {
                input x: [2];
                output y = x -> dense(2, trainable = false) -> tanh -> dense(2);
                loss mse(y);
            }
        }

        fn $train() -> Result<f32, Error> {
            let mut network = $name::new(0);
            let mut optimizer = Optimizer::new(Sgd::new(0.1));
            network.train_step(&[1.0; 2], &[0.5; 2], &mut optimizer)?;
            network.train_batch(&[[1.0; 2]], &[[0.5; 2]], &mut optimizer)
        }
    )* };
}

declare_and_train!(F train_f, O train_o, P train_p, Rule train_rule, Network train_network);

fn main() -> Result<(), Error> {
    let losses = [train_f()?, train_o()?, train_p()?, train_rule()?, train_network()?];
    assert!(losses.iter().all(|loss| *loss == losses[0]));
    Ok(())
}
