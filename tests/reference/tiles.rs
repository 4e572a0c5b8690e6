//! Networks that learn from statistics of a tile, against PyTorch: the tile is the whole batch.

use backprop::{Error, Network, Optimize, Optimizer, Parameters, Rule, Trainable, Zero};

use crate::outputs::{assert_gradient, build};
use crate::precision::assert_close;
use crate::rules::{Rules, VisitRule};
use crate::training::{Samples, Student, check_batch, find_mean};
use crate::vectors::Vectors;

/// Losses by running statistics, the gradient of the batch, and steps of the two rules that every network meets.
pub fn check<T: Rules, N: Student<T>>(vectors: &Vectors) {
    let mut network: N = build(vectors);
    let samples = Samples::<N>::read(vectors);
    let Samples { inputs, targets } = &samples;
    let (mut workspace, mut gradient) = (N::Workspace::ZERO, N::Gradient::ZERO);
    let mut losses = Vec::new();
    for (input, target) in inputs.iter().zip(targets) {
        losses.push(network.loss(input, target, &mut workspace).unwrap().to_f64());
        let refused = network.backward(input, target, &mut gradient, &mut workspace);
        assert_eq!(refused.err(), Some(Error::SingleSample));
    }
    assert_close::<T>(&losses, vectors.find("losses"), "loss");
    let mean = network.evaluate(inputs, targets, &mut workspace).unwrap();
    assert_close::<T>(&[mean.to_f64()], &[find_mean(vectors)], "mean loss");
    let (_, gradient) = differentiate(&mut network, &samples);
    assert_gradient(gradient.as_slice(), vectors, "gradient");
    T::visit_base(&mut Train::<N> { vectors, network: core::marker::PhantomData });
}

/// The loss of the batch in training, and its gradient.
pub fn differentiate<N: Trainable>(
    network: &mut N,
    Samples { inputs, targets }: &Samples<N>,
) -> (<N as Network>::Scalar, N::Gradient) {
    let (mut keep, mut workspace) = (Keep(N::Gradient::ZERO), N::Workspace::ZERO);
    let loss = network.train_batch(inputs, targets, &mut keep, &mut workspace).unwrap();
    (loss, keep.0)
}

/// Changes nothing, and keeps the gradient.
struct Keep<G>(G);

impl<N, G: Parameters> Optimize<N, G> for Keep<G> {
    fn step(&mut self, _network: &mut N, gradient: &G) {
        self.0.copy_from(gradient);
    }

    fn steps(&self) -> u64 {
        0
    }
}

/// Trains a network on the batch by each rule.
struct Train<'a, N> {
    vectors: &'a Vectors,
    network: core::marker::PhantomData<N>,
}

impl<T: Rules, N: Student<T>> VisitRule<T> for Train<'_, N> {
    fn visit<R: Rule<T> + Clone + 'static>(&mut self, name: &'static str, rule: R) {
        check_batch::<T, N>(self.vectors, name, Box::new(Optimizer::new(rule)));
    }
}
