//! Trains a small classifier of handwritten digits, and writes what the firmware image `adapt` carries in flash.
//!
//!     cargo run --release --example deploy [-- --seed N]
//!
//! Two files in `examples/firmware/adapt`: `digits.weights`, a checkpoint, and `digits.samples`, of samples that
//! were kept back: 64 pixels from 0 to 16, and the class, a byte each.

mod support;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Rng, network};
use support::{Arguments, Dataset, Format, shipped, split_stratified};

network! {
    /// Recognises 8x8 handwritten digits: all of it is trained here, the last layer on the device.
    pub struct Digits {
        input image: [64];
        output class = image -> dense(32) -> relu -> dense(10);
        loss cross_entropy(class);
    }
}

const EPOCHS: u64 = 60;
const BATCH: usize = 16;
const RATE: f32 = 0.003;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed"])?;
        let format = Format { header: false, range: 0.0..=16.0, classes: 10 };
        let raw = Dataset::load(&shipped("digits.csv.gz"), &format)?;
        let inputs: Vec<[f32; 64]> =
            raw.inputs.iter().map(|image| image.map(|pixel| pixel / 16.0)).collect();
        let mut random = Rng::new(arguments.seed);
        let mut split = split_stratified(&raw.labels, &mut random)?;

        let mut digits = Digits::new(arguments.seed);
        let mut optimizer = Optimizer::new(Adam::new(RATE));
        for epoch in 0..EPOCHS {
            optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
            for batch in shuffle_batches(&mut split.train, BATCH, &mut random) {
                digits.train_batch_indexed(&inputs, &raw.labels, batch, &mut optimizer)?;
            }
        }

        let (mut correct, mut samples) = (0, Vec::new());
        // The split has them class by class; a stream has not.
        backprop::Random::shuffle(&mut random, &mut split.test);
        for &sample in &split.test {
            let label = raw.labels[sample];
            correct += u32::from(digits.predict(&inputs[sample]) == label);
            samples.extend(raw.inputs[sample].map(|pixel| pixel as u8));
            samples.push(label as u8);
        }
        let mut weights = [0; Digits::CHECKPOINT_BYTES];
        digits.write_checkpoint(&mut weights);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("firmware/adapt");
        fs::write(folder.join("digits.weights"), weights)?;
        fs::write(folder.join("digits.samples"), samples)?;
        println!("{} bytes of weights; {correct} of {} right", weights.len(), split.test.len());
        Ok(())
    })
}
