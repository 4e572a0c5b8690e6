//! The tasks that are timed, by the names that `xtask/src/compare/work.rs` and `peers.py` use.

use std::hint::black_box;

use backprop::{Aligned, BoxedZero, Error, Network, Optimizer, Sgd, Trainable, network};

use crate::data::{self, SAMPLES};

network! {
    /// A small classifier of MNIST.
    struct Mlp {
        input image: [784];
        output digit = image -> dense(128) as hidden -> relu -> dense(10) as last;
        loss cross_entropy(digit);
    }
}

network! {
    /// About as small as a network gets.
    struct Tiny {
        input x: [2];
        output y = x -> dense(8) as hidden -> tanh -> dense(1) as last;
        loss mse(y);
    }
}

/// The same rate for all; plain gradient descent.
const RATE: f32 = 0.1;
/// How often a round meets its batch. A round on single samples meets each of them once.
const BATCHES: usize = 2;

/// The task of this name, from its start.
pub fn create(name: &str) -> Option<Box<dyn Rounds>> {
    let (network, kind) = name.split_once('/')?;
    let kind = match kind {
        "forward/1" => Kind::Forward,
        "step/1" => Kind::Step,
        _ => Kind::Batch(kind.strip_prefix("batch/")?.parse().ok()?),
    };
    match network {
        "mlp" => {
            let mut network = Mlp::boxed_zero();
            data::weight(&mut network.hidden.weight);
            data::weight(&mut network.last.weight);
            let inputs = (0..SAMPLES).map(|index| data::input(index, 0.25)).collect();
            let targets = (0..SAMPLES).map(data::class).collect();
            Some(Box::new(Task::new(kind, network, inputs, targets)))
        }
        "tiny" => {
            let mut network = Tiny::boxed_zero();
            data::weight(&mut network.hidden.weight);
            data::weight(&mut network.last.weight);
            let inputs = (0..SAMPLES).map(|index| data::input(index, 1.0)).collect();
            let targets = (0..SAMPLES).map(|index| [data::value(index)]).collect();
            Some(Box::new(Task::new(kind, network, inputs, targets)))
        }
        _ => None,
    }
}

/// What is timed: many calls at a time, since one may be shorter than reading the clock.
pub trait Rounds {
    /// How many calls a round makes.
    fn calls(&self) -> usize;

    /// Makes them. Returns the sum of their losses, or of the first outputs.
    fn round(&mut self) -> f32;
}

#[derive(Clone, Copy)]
enum Kind {
    Forward,
    Step,
    Batch(usize),
}

struct Task<N: Trainable + Network<Scalar = f32>> {
    kind: Kind,
    network: Box<Aligned<N>>,
    workspace: Box<Aligned<N::Workspace>>,
    optimizer: Optimizer<Sgd, N::Gradient>,
    inputs: Vec<N::Input>,
    targets: Vec<N::Target>,
}

impl<N> Task<N>
where
    N: Trainable + Network<Scalar = f32, Output: AsRef<[f32]>, Workspace: BoxedZero>,
{
    fn new(
        kind: Kind,
        network: Box<Aligned<N>>,
        inputs: Vec<N::Input>,
        targets: Vec<N::Target>,
    ) -> Self {
        let workspace = N::Workspace::boxed_zero();
        let optimizer = Optimizer::new(Sgd::new(black_box(RATE)));
        Self { kind, network, workspace, optimizer, inputs, targets }
    }

    fn forward(&mut self) -> f32 {
        let mut sum = 0.0;
        for input in &self.inputs {
            let output =
                Network::forward(black_box(&**self.network), black_box(input), &mut self.workspace);
            sum += black_box(output).as_ref()[0];
        }
        sum
    }

    fn step(&mut self) -> Result<f32, Error> {
        let mut sum = 0.0;
        for (input, target) in self.inputs.iter().zip(&self.targets) {
            sum += Trainable::train_step(
                black_box(&mut **self.network),
                black_box(input),
                black_box(target),
                &mut self.optimizer,
                &mut self.workspace,
            )?;
        }
        Ok(sum)
    }

    fn batch(&mut self, size: usize) -> Result<f32, Error> {
        let mut sum = 0.0;
        for _ in 0..BATCHES {
            sum += Trainable::train_batch(
                black_box(&mut **self.network),
                black_box(&self.inputs[..size]),
                black_box(&self.targets[..size]),
                &mut self.optimizer,
                &mut self.workspace,
            )?;
        }
        Ok(sum)
    }
}

impl<N> Rounds for Task<N>
where
    N: Trainable + Network<Scalar = f32, Output: AsRef<[f32]>, Workspace: BoxedZero>,
{
    fn calls(&self) -> usize {
        match self.kind {
            Kind::Forward | Kind::Step => SAMPLES,
            Kind::Batch(_) => BATCHES,
        }
    }

    fn round(&mut self) -> f32 {
        let sum = match self.kind {
            Kind::Forward => Ok(self.forward()),
            Kind::Step => self.step(),
            Kind::Batch(size) => self.batch(size),
        };
        // Not a number, so that a refused call cannot pass for a quick one.
        sum.unwrap_or(f32::NAN)
    }
}
