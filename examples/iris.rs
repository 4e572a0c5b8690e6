//! Tells three species of iris apart by the size of their flowers (150 samples, R. A. Fisher, 1936).
//!
//!     cargo run --release --example iris [-- --seed N | --data FILE]

mod support;

use std::process::ExitCode;

use backprop::{Adam, Optimizer, Random, Rng, network};
use support::{Arguments, Confusion, Dataset, Format, Progress, shipped, split_stratified};

network! {
    /// Four lengths of a flower to its species.
    pub struct Iris {
        input flower: [4];
        output species = flower -> dense(16) -> tanh -> dense(3);
        loss cross_entropy(species);
    }
}

const EPOCHS: u64 = 100;
const BATCH: usize = 10;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "data"])?;
        let format = Format { header: true, range: 0.0..=10.0, classes: 3 };
        let path = arguments.data.unwrap_or_else(|| shipped("iris.csv"));
        let mut data = Dataset::load(&path, &format)?;

        let mut random = Rng::new(arguments.seed);
        let mut split = split_stratified(&data.labels, &mut random)?;
        standardise(&mut data.inputs, &split.train);

        let mut iris = Iris::new(arguments.seed);
        let mut optimizer = Optimizer::new(Adam::new(0.01));
        let progress = Progress::start(EPOCHS);
        for _ in 0..EPOCHS {
            random.shuffle(&mut split.train);
            let mut sum = 0.0;
            for batch in split.train.chunks(BATCH) {
                let loss =
                    iris.train_batch_indexed(&data.inputs, &data.labels, batch, &mut optimizer)?;
                sum += loss * batch.len() as f32;
            }
            progress.show_epoch(sum / split.train.len() as f32);
        }
        progress.finish();

        let confusion = Confusion::<3>::count(
            split
                .test
                .iter()
                .map(|&sample| (data.labels[sample], iris.predict(&data.inputs[sample]))),
        );
        let (correct, total) = (confusion.correct(), confusion.total());
        println!("\n0 setosa, 1 versicolor, 2 virginica\n{confusion}\n");
        println!("test accuracy {:.1}% ({correct}/{total})", confusion.accuracy());
        Ok(())
    })
}

/// Gives every feature a mean of 0 and a deviation of 1 over the samples to learn from; those kept
/// back must not tell anything about themselves.
fn standardise<const N: usize>(inputs: &mut [[f32; N]], train: &[usize]) {
    let count = train.len() as f32;
    for feature in 0..N {
        let mean = train.iter().map(|&sample| inputs[sample][feature]).sum::<f32>() / count;
        let squares = train.iter().map(|&sample| (inputs[sample][feature] - mean).powi(2));
        let deviation = (squares.sum::<f32>() / count).sqrt();
        for input in inputs.iter_mut() {
            input[feature] -= mean;
            // A feature that never changes says nothing, whatever its scale.
            if deviation > 0.0 {
                input[feature] /= deviation;
            }
        }
    }
}
