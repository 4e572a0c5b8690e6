//! Steps on one batch, again and again.

use std::hint::black_box;

use backprop::{Aligned, BoxedZero, Optimizer, Rule, Scalar};
use contest::protocol::Run;

use crate::contestant::{Contestant, Of};

pub struct Training<N: Contestant, R: Rule<Of<N>>> {
    network: Box<Aligned<N>>,
    workspace: Box<Aligned<N::Workspace>>,
    optimizer: Box<Optimizer<R, N::Gradient>>,
    inputs: Vec<N::Input>,
    targets: Vec<N::Target>,
}

impl<N: Contestant, R: Rule<Of<N>>> Training<N, R> {
    pub fn new(
        network: Box<Aligned<N>>,
        rule: R,
        inputs: Vec<N::Input>,
        targets: Vec<N::Target>,
    ) -> Self {
        let optimizer = Box::new(Optimizer::new(rule));
        Self { network, workspace: N::Workspace::boxed_zero(), optimizer, inputs, targets }
    }
}

impl<N: Contestant, R: Rule<Of<N>>> Run for Training<N, R> {
    fn run(&mut self, calls: usize) -> f64 {
        let Self { network, workspace, optimizer, inputs, targets } = self;
        let network = &mut ***network;
        let mut sum = 0.0;
        for _ in 0..calls {
            let network = black_box(&mut *network);
            let loss = match (black_box(inputs.as_slice()), black_box(targets.as_slice())) {
                ([input], [target]) => {
                    network.train_step(input, target, &mut **optimizer, workspace)
                }
                (inputs, targets) => {
                    network.train_batch(inputs, targets, &mut **optimizer, workspace)
                }
            };
            // Not a number, so that a refused call cannot pass for a quick one.
            sum += loss.map_or(f64::NAN, Scalar::to_f64);
        }
        sum
    }
}
