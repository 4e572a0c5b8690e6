//! Tells three species of iris apart by the size of their flowers (150 samples, R. A. Fisher, 1936).
//!
//!     cargo run --release --example iris [-- --seed N | --data FILE]

mod support;

use std::ops::ControlFlow;
use std::process::ExitCode;

use backprop::training::{EarlyStopping, Fit, Verdict};
use backprop::{Adam, Optimizer, Rng, network};
use support::{Arguments, Dataset, Format, Progress, shipped, split_stratified};

network! {
    /// Four lengths of a flower to its species.
    pub struct Iris {
        input flower: [4];
        output species = flower -> dense(16) -> tanh -> dense(3);
        loss cross_entropy(species);
    }
}

const EPOCHS: usize = 200;
const BATCH: usize = 10;
/// Samples to learn from that are only looked at, to stop in time.
const WATCHED: usize = 24;
/// Epochs in a row without a better loss on them.
const PATIENCE: u32 = 20;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "data"])?;
        let format = Format { header: true, range: 0.0..=10.0, classes: 3 };
        let path = arguments.data.unwrap_or_else(|| shipped("iris.csv"));
        let mut data = Dataset::load(&path, &format)?;

        let mut random = Rng::new(arguments.seed);
        let mut split = split_stratified(&data.labels, &mut random)?;
        standardise(&mut data.inputs, &split.train);

        let (watched, order) = split.train.split_at_mut(WATCHED);
        let watched = data.gather(watched);
        let mut iris = Iris::new(arguments.seed);
        let mut best = iris.clone();
        let mut optimizer = Optimizer::new(Adam::new(0.01));
        let mut stopping = EarlyStopping::minimise(PATIENCE);
        let mut workspace = IrisWorkspace::new();
        let progress = Progress::start(EPOCHS as u64);
        let (inputs, targets) = (&data.inputs, &data.labels);
        Fit { inputs, targets, order, epochs: EPOCHS, batch_size: BATCH }.run(
            &mut iris,
            &mut optimizer,
            &mut random,
            &mut workspace,
            |report| {
                progress.show_epoch(report.loss);
                let loss = report.network.evaluate(&watched.inputs, &watched.labels)?;
                Ok(match stopping.observe(loss) {
                    Verdict::Improved => {
                        best.copy_from(report.network);
                        ControlFlow::Continue(())
                    }
                    Verdict::Waiting => ControlFlow::Continue(()),
                    Verdict::Stop => ControlFlow::Break(()),
                })
            },
        )?;
        progress.finish();

        let test = data.gather(&split.test);
        let confusion = best.confusion(&test.inputs, &test.labels)?;
        let (correct, total) = (confusion.correct(), confusion.total());
        let accuracy = 100.0 * confusion.accuracy();
        println!(
            "\n0 setosa, 1 versicolor, 2 virginica (rows: true, columns: predicted)\n{confusion}"
        );
        println!("\nmean F1 {:.3}", confusion.macro_f1());
        println!("test accuracy {accuracy:.1}% ({correct}/{total})");
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
