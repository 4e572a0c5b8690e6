//! A declaration is an item, and items may stand in a function.
#![deny(warnings)]

use backprop::{Optimizer, Sgd};

fn train(seed: u64) -> f32 {
    backprop::network! {
        struct Local {
            input x: [2];
            output y = x -> dense(3, trainable = false) -> tanh -> dense(1);
            loss mse(y);
        }
    }

    let mut network = Local::new(seed);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    network.train_step(&[1.0, -1.0], &[0.5], &mut optimizer).unwrap()
}

fn main() {
    backprop::network! {
        struct Local {
            input x: [4];
            output y = x -> dense(2);
        }
    }

    assert!(train(1) > 0.0);
    assert_eq!(Local::PARAMETERS, 10);
}
