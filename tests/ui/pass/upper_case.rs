//! Values in capitals, as on paper, and values that differ in case only.
#![deny(warnings)]
#![allow(non_snake_case)]

use backprop::{Optimizer, Sgd, network};

network! {
    pub struct Capitals {
        input X: [2];
        let H = X -> dense(2) as W -> tanh;
        output Y = H -> dense(2);
        loss mse(Y);
    }
}

network! {
    struct Mixed {
        input a: [2];
        input A: [2];
        let h = (a + A) -> dense(2);
        let H = h -> tanh;
        output y = (h * H) -> dense(2);
        loss mse(y);
    }
}

fn main() {
    let mut network = Capitals::new(0);
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    network.train_step(&[1.0; 2], &[0.5; 2], &mut optimizer).unwrap();
    assert_eq!(network.W.bias.len(), 2);
    assert_eq!(Mixed::ZERO.forward(&MixedInput { a: [1.0; 2], A: [2.0; 2] }), [0.0; 2]);
}
