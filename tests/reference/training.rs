//! Losses, gradients and steps against PyTorch.

use backprop::{Differentiable, Optimize, Optimizer, Parameters, Rule, Trainable, Zero};

use crate::outputs::{Subject, assert_gradient, build};
use crate::precision::{assert_close, widen};
use crate::record::Record;
use crate::rules::{Rules, VisitRule};
use crate::vectors::Vectors;

const STEPS: usize = 10;

/// A network with a loss, and rules for its numbers.
pub trait Student<T: Rules>:
    Subject<T> + Trainable<Target: Record, Gradient: 'static> + 'static
{
}

impl<T: Rules, N: Subject<T> + Trainable<Target: Record, Gradient: 'static> + 'static> Student<T>
    for N
{
}

/// The samples of the vectors.
pub struct Samples<N: Trainable> {
    pub inputs: Vec<N::Input>,
    pub targets: Vec<N::Target>,
}

impl<N: Trainable<Input: Record, Target: Record>> Samples<N> {
    pub fn read(vectors: &Vectors) -> Self {
        Self { inputs: vectors.read("inputs"), targets: vectors.read("targets") }
    }
}

/// Losses, the gradient of their mean, and steps of the two rules that every network meets.
pub fn check<T: Rules, N: Student<T>>(vectors: &Vectors) {
    let network: N = build(vectors);
    let Samples { inputs, targets } = Samples::<N>::read(vectors);
    let (mut workspace, mut gradient) = (N::Workspace::ZERO, N::Gradient::ZERO);
    let mut losses = Vec::new();
    for (input, target) in inputs.iter().zip(&targets) {
        let loss = network.loss(input, target, &mut workspace).unwrap();
        let again = network.backward(input, target, &mut gradient, &mut workspace).unwrap();
        assert_eq!(loss, again);
        losses.push(loss.to_f64());
    }
    gradient.scale(T::from_f64(1.0 / inputs.len() as f64));
    assert_close::<T>(&losses, vectors.find("losses"), "loss");
    assert_gradient(gradient.as_slice(), vectors, "gradient");
    let mean = network.evaluate(&inputs, &targets, &mut workspace).unwrap();
    assert_close::<T>(&[mean.to_f64()], &[find_mean(vectors)], "mean loss");
    T::visit_base(&mut Train::<N>::new(vectors));
}

/// Steps of every optimiser.
pub fn check_every_optimiser<T: Rules, N: Student<T>>(vectors: &Vectors) {
    T::visit_every(&mut Train::<N>::new(vectors));
    crate::rules::check_others::<T, N>(vectors);
}

pub fn find_mean(vectors: &Vectors) -> f64 {
    let losses = vectors.find("losses");
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// The loss of the batch in training: that of its tile, where there is such a line.
fn find_batch_loss(vectors: &Vectors) -> f64 {
    match vectors.names().any(|name| name == "batch_loss") {
        true => vectors.find("batch_loss")[0],
        false => find_mean(vectors),
    }
}

/// Takes ten steps, and looks at the parameters after the last one and others that the vectors have.
pub fn follow<T: Rules, N: Student<T>>(
    vectors: &Vectors,
    what: &str,
    mut step: impl FnMut(&mut N) -> f64,
) {
    let mut network: N = build(vectors);
    for count in 1..=STEPS {
        let loss = step(&mut network);
        if count == 1 && what.ends_with("batch") {
            assert_close::<T>(&[loss], &[find_batch_loss(vectors)], "loss before the first step");
        }
        let line = format!("{what} {count}");
        if count == STEPS || vectors.names().any(|name| name == line) {
            // A rule's steps are of like size for all parameters, and so are its errors.
            assert_close::<T>(&widen(network.as_slice()), vectors.find(&line), &line);
        }
    }
}

/// Trains a network by each rule: on the batch, and in place on its first sample.
struct Train<'a, N: Trainable> {
    vectors: &'a Vectors,
    samples: Samples<N>,
}

impl<'a, N: Trainable<Input: Record, Target: Record>> Train<'a, N> {
    fn new(vectors: &'a Vectors) -> Self {
        Self { vectors, samples: Samples::read(vectors) }
    }
}

impl<T: Rules, N: Student<T>> VisitRule<T> for Train<'_, N> {
    fn visit<R: Rule<T> + Clone + 'static>(&mut self, name: &'static str, rule: R) {
        check_batch::<T, N>(self.vectors, name, Box::new(Optimizer::new(rule.clone())));
        let (input, target) = (&self.samples.inputs[0], &self.samples.targets[0]);
        let mut optimizer = Optimizer::new(rule);
        let mut workspace = N::Workspace::ZERO;
        follow::<T, N>(self.vectors, &format!("{name} sample"), |network| {
            let loss = network.train_step(input, target, &mut optimizer, &mut workspace);
            loss.unwrap().to_f64()
        });
    }
}

/// Trains a network on the batch.
pub fn check_batch<T: Rules, N: Student<T>>(
    vectors: &Vectors,
    name: &str,
    optimizer: AnyOptimizer<N>,
) {
    let Samples { inputs, targets } = Samples::<N>::read(vectors);
    let mut optimizer = Boxed(optimizer);
    let mut workspace = N::Workspace::ZERO;
    follow::<T, N>(vectors, &format!("{name} batch"), |network| {
        let loss = network.train_batch(&inputs, &targets, &mut optimizer, &mut workspace);
        loss.unwrap().to_f64()
    });
}

/// An optimiser behind a pointer: one training function for each network then serves all of them.
pub type AnyOptimizer<N> = Box<dyn Optimize<N, <N as Differentiable>::Gradient>>;

struct Boxed<N: Differentiable>(AnyOptimizer<N>);

impl<N: Differentiable> Optimize<N, N::Gradient> for Boxed<N> {
    fn step(&mut self, network: &mut N, gradient: &N::Gradient) {
        self.0.step(network, gradient);
    }

    fn steps(&self) -> u64 {
        self.0.steps()
    }
}
