//! Code that is generic over networks needs no macro.
#![deny(warnings)]

use backprop::{
    Adam, Differentiable, Error, Initialise, Network, Optimizer, Parameters, Rng, Rule, Scalar,
    Trainable, Zero, network,
};

network! {
    pub struct Classifier {
        input x: [2];
        output class = x -> dense(4, trainable = false) -> tanh -> dense(2);
        loss cross_entropy(class);
    }
}

network! {
    pub struct Regression {
        dtype f64;
        input a: [2];
        input b: [2];
        output y = (a * b) -> dense(1);
        loss mse(y);
    }
}

/// Something that owns a network and what it works with, whatever it is.
struct Trainer<N: Trainable, R: Rule<<N as Network>::Scalar>> {
    network: N,
    optimizer: Optimizer<R, N::Gradient>,
    workspace: N::Workspace,
}

impl<N: Trainable + Zero + Initialise, R: Rule<<N as Network>::Scalar>> Trainer<N, R> {
    fn new(rule: R) -> Self {
        let mut network = N::ZERO;
        network.init(&mut Rng::new(1));
        Self { network, optimizer: Optimizer::new(rule), workspace: N::Workspace::ZERO }
    }

    fn train(
        &mut self,
        inputs: &[N::Input],
        targets: &[N::Target],
    ) -> Result<<N as Network>::Scalar, Error> {
        let Self { network, optimizer, workspace } = self;
        for (input, target) in inputs.iter().zip(targets) {
            network.train_step(input, target, optimizer, workspace)?;
        }
        let order: Vec<usize> = (0..inputs.len()).rev().collect();
        network.train_batch_indexed(inputs, targets, &order, optimizer, workspace)?;
        network.train_batch(inputs, targets, optimizer, workspace)?;
        network.evaluate(inputs, targets, workspace)
    }
}

fn sum_outputs<N: Network<Output = [f32; K]>, const K: usize>(
    network: &N,
    input: &N::Input,
) -> f32 {
    let mut workspace = N::Workspace::ZERO;
    network.forward(input, &mut workspace).iter().sum()
}

fn differentiate<N: Differentiable>(
    network: &N,
    input: &N::Input,
    output_gradient: &N::Output,
) -> N::Gradient {
    let mut gradient = N::Gradient::ZERO;
    let mut workspace = N::Workspace::ZERO;
    network.backward_from(input, output_gradient, &mut gradient, &mut workspace);
    gradient.scale(N::Scalar::from_f64(0.5));
    gradient
}

fn main() {
    let mut classifier = Trainer::<Classifier, _>::new(Adam::new(0.01));
    let first = classifier.train(&[[1.0, 2.0], [2.0, -1.0]], &[0, 1]).unwrap();
    let mut last = first;
    for _ in 0..20 {
        last = classifier.train(&[[1.0, 2.0], [2.0, -1.0]], &[0, 1]).unwrap();
    }
    assert!(last < first);
    assert!(sum_outputs(&classifier.network, &[0.0; 2]).is_finite());
    let gradient = differentiate(&classifier.network, &[0.0; 2], &[2.0, 4.0]);
    assert_eq!(gradient.dense2.bias, [1.0, 2.0]);

    let mut regression = Trainer::<Regression, _>::new(Adam::new(0.01_f64));
    let input = RegressionInput { a: [1.0, 2.0], b: [3.0, 4.0] };
    assert!(regression.train(&[input], &[[0.5]]).unwrap().is_finite());
}
