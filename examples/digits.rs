//! The main job: recognises handwritten digits of 8 by 8 pixels (1,797 samples, UCI).
//!
//!     cargo run --release --example digits [-- --seed N | --seeds N | --data FILE]
//!
//! A shuffled, stratified fifth of the samples is kept back for the test. `--seeds N` repeats split,
//! initialisation and training for the seeds 0 to N - 1 and prints the mean, so that no seed is picked.

mod support;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use backprop::training::{Confusion, shuffle_batches};
use backprop::{Adam, Optimizer, Rng, network};
use support::{Arguments, Dataset, Format, Progress, shipped, split_stratified};

network! {
    /// Recognises 8x8 handwritten digits.
    pub struct Digits {
        input image: [64];
        output class = image -> dense(128) -> relu -> dense(10);
        loss cross_entropy(class);
    }
}

const EPOCHS: u64 = 60;
const BATCH: usize = 16;
const RATE: f32 = 0.003;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "seeds", "data"])?;
        let format = Format { header: false, range: 0.0..=16.0, classes: 10 };
        let path = arguments.data.unwrap_or_else(|| shipped("digits.csv.gz"));
        let mut data = Dataset::load(&path, &format)?;
        for pixel in data.inputs.as_flattened_mut() {
            *pixel /= 16.0;
        }

        let Some(seeds) = arguments.seeds else {
            let confusion = train_and_test(&data, arguments.seed)?;
            let (correct, total) = (confusion.correct(), confusion.total());
            let accuracy = 100.0 * confusion.accuracy();
            println!("confusion matrix (rows: true class, columns: predicted class)\n{confusion}");
            println!("\ntest accuracy {accuracy:.1}% ({correct}/{total})");
            return Ok(());
        };
        let mut sum = 0.0;
        for seed in 0..seeds {
            let accuracy = 100.0 * train_and_test(&data, seed)?.accuracy();
            println!("seed {seed}: test accuracy {accuracy:.1}%\n");
            sum += accuracy;
        }
        println!("mean accuracy {:.1}% over {seeds} seeds", sum / seeds as f64);
        Ok(())
    })
}

fn train_and_test(data: &Dataset<64>, seed: u64) -> Result<Confusion<10>, Box<dyn Error>> {
    let mut random = Rng::new(seed);
    let mut split = split_stratified(&data.labels, &mut random)?;
    let mut digits = Digits::new(seed);
    let mut optimizer = Optimizer::new(Adam::new(RATE));

    println!("{} samples to learn from, {} to test", split.train.len(), split.test.len());
    let start = Instant::now();
    let progress = Progress::start(EPOCHS);
    for epoch in 0..EPOCHS {
        // Smaller and smaller steps, so that the last batches do not decide the result.
        optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut split.train, BATCH, &mut random) {
            let loss =
                digits.train_batch_indexed(&data.inputs, &data.labels, batch, &mut optimizer)?;
            sum += loss * batch.len() as f32;
        }
        progress.show_epoch(sum / split.train.len() as f32);
    }
    progress.finish();
    println!("trained in {:.1} s\n", start.elapsed().as_secs_f64());

    let test = data.gather(&split.test);
    Ok(digits.confusion(&test.inputs, &test.labels)?)
}
