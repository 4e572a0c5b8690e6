//! Four networks side by side on MNIST-1D: signals of 40 samples that were digits once (4,000 to learn from, 1,000 to
//! test).
//!
//!     cargo run --release --example mnist1d [-- --seed N]
//!
//! The recipe is that of S. Greydanus and D. Kobak, Scaling Down Deep Learning with MNIST-1D (2024): Adam with a rate
//! of 0.01, batches of 100, 6,000 steps. Their notebook reaches 31.5%, 65.1%, 92.3% and
//! 89.1%.

mod support;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use backprop::training::shuffle_batches;
use backprop::{Adam, Network, Optimizer, Rng, Trainable, Zero, argmax, network};
use support::{Arguments, Dataset, Format, shipped};

network! {
    /// A weighted sum for each class.
    pub struct Linear {
        input signal: [40];
        output class = signal -> dense(10);
        loss cross_entropy(class);
    }
}

network! {
    /// Two hidden layers, the second around a shortcut.
    pub struct Mlp {
        input signal: [40];
        let first = signal -> dense(100) -> relu;
        output class = (first + (first -> dense(100) -> relu)) -> dense(10);
        loss cross_entropy(class);
    }
}

network! {
    /// Windows that move along the signal.
    pub struct Convolutional {
        input signal: [1, 40];
        output class = signal
            -> conv1d(25, kernel = 5, stride = 2, padding = 1) -> relu
            -> conv1d(25, kernel = 3, stride = 2, padding = 1) -> relu
            -> conv1d(25, kernel = 3, stride = 2, padding = 1) -> relu
            -> flatten -> dense(10);
        loss cross_entropy(class);
    }
}

network! {
    /// A walk along the signal in both directions.
    pub struct Recurrent {
        input signal: [40, 1];
        output class = signal -> gru(6, bidirectional = true) -> flatten -> dense(10);
        loss cross_entropy(class);
    }
}

const STEPS: usize = 6_000;
const BATCH: usize = 100;
const RATE: f32 = 0.01;
const LEARNT_FROM: usize = 4_000;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed"])?;
        let format = Format { header: false, range: -6.0..=6.0, classes: 10 };
        let data = Dataset::<40>::load(&shipped("mnist1d.csv.gz"), &format)?;
        let seed = arguments.seed;
        train_and_test("linear", Linear::new(seed), &data, seed)?;
        train_and_test("MLP", Mlp::new(seed), &data, seed)?;
        train_and_test("convolutions", Convolutional::new(seed), &data, seed)?;
        train_and_test("bidirectional GRU", Recurrent::new(seed), &data, seed)?;
        Ok(())
    })
}

/// Trains a network by the recipe, and prints a line with the share of test samples that it gets right.
fn train_and_test<N>(
    name: &str,
    mut network: N,
    data: &Dataset<40>,
    seed: u64,
) -> Result<(), Box<dyn Error>>
where
    N: Trainable<Target = u32> + Network<Scalar = f32, Input = [f32; 40], Output = [f32; 10]>,
{
    let start = Instant::now();
    let (inputs, test_inputs) = data.inputs.split_at(LEARNT_FROM);
    let (labels, test_labels) = data.labels.split_at(LEARNT_FROM);
    let mut optimizer = Optimizer::new(Adam::new(RATE));
    let mut workspace = Box::new(<N::Workspace as Zero>::ZERO);
    let mut random = Rng::new(seed);
    let mut order: Vec<usize> = (0..LEARNT_FROM).collect();
    let mut steps = 0;
    while steps < STEPS {
        for batch in shuffle_batches(&mut order, BATCH, &mut random) {
            network.train_batch_indexed(inputs, labels, batch, &mut optimizer, &mut workspace)?;
            steps += 1;
        }
    }
    let correct = test_inputs
        .iter()
        .zip(test_labels)
        .filter(|(input, label)| argmax(&network.forward(input, &mut workspace)) == **label)
        .count();
    let accuracy = 100.0 * correct as f64 / test_labels.len() as f64;
    let seconds = start.elapsed().as_secs_f64();
    println!("{name}: test accuracy {accuracy:.1}% after {STEPS} steps in {seconds:.1} s");
    Ok(())
}
