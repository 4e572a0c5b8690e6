//! Trains a spotter of twelve words, and writes what the firmware image `keywords` carries in flash.
//!
//!     cargo run --release --features alloc,reproducible --example keywords [-- --seed N]
//!
//! Two files in `examples/firmware/keywords`: `words.weights`, a checkpoint, and `words.samples`, of seconds that nobody was
//! trained on: 49 frames of 10 cepstra in 1/16, and the class, a byte each. All words are synthetic (`speech`).

mod speech;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{Adam, BoxedNetwork, BoxedZero, Inference, Optimizer, Rng, network};
use speech::{CEPSTRA, CLASSES, FRAMES, Second, say};
use support::Arguments;

network! {
    /// A depthwise-separable spotter of words: all of it is trained here, its last layers on the device.
    pub struct Words {
        const CHANNELS = 64;
        input cepstra: [1, 49, 10];
        block separable = depthwise_conv2d(kernel = 3, padding = same) -> relu
            -> conv2d(CHANNELS, kernel = 1) -> relu;
        let sounds = cepstra -> conv2d(CHANNELS, kernel = [10, 4], stride = 2, padding = [5, 1]) -> relu
            -> separable -> separable -> separable;
        let shapes = sounds -> depthwise_conv2d(kernel = 3, padding = same) -> relu;
        let parts = shapes -> conv2d(CHANNELS, kernel = 1) -> relu;
        output word = parts -> global_avg_pool2d -> dense(12);
        loss cross_entropy(word);
    }
}

/// Seconds of each word to train on, and for the device.
const TRAINED: u32 = 150;
const KEPT: u32 = 6;
const EPOCHS: u64 = 12;
const BATCH: usize = 16;
const RATE: f32 = 0.002;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed"])?;
        let mut random = Rng::new(arguments.seed);
        let (inputs, labels) = say_all(TRAINED, &mut random);
        let inputs: Vec<_> = inputs.iter().map(scale).collect();
        let mut order: Vec<usize> = (0..labels.len()).collect();

        let mut words = Words::boxed(arguments.seed);
        let mut workspace = WordsWorkspace::boxed_zero();
        let mut optimizer = Optimizer::new(Adam::new(RATE));
        for epoch in 0..EPOCHS {
            optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
            for batch in shuffle_batches(&mut order, BATCH, &mut random) {
                words.train_batch_indexed_with(
                    &inputs,
                    &labels,
                    batch,
                    &mut optimizer,
                    &mut workspace,
                )?;
            }
        }

        let (seconds, labels) = say_all(KEPT, &mut random);
        let mut judging = WordsWorkspace::<Inference>::boxed_zero();
        let (mut correct, mut samples) = (0, Vec::new());
        for (second, label) in seconds.iter().zip(&labels) {
            correct += u32::from(words.predict_with(&scale(second), &mut judging) == *label);
            samples.extend(second.map(|value| value as u8));
            samples.push(*label as u8);
        }
        let mut weights = [0; Words::CHECKPOINT_BYTES];
        words.write_checkpoint(&mut weights);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("firmware/keywords");
        fs::write(folder.join("words.weights"), weights)?;
        fs::write(folder.join("words.samples"), samples)?;
        println!("{} bytes of weights; {correct} of {} right", weights.len(), labels.len());
        Ok(())
    })
}

/// So many seconds of each word, one word after the other.
fn say_all(count: u32, random: &mut Rng) -> (Vec<Second>, Vec<u32>) {
    (0..count * CLASSES).map(|index| (say(index % CLASSES, random), index % CLASSES)).unzip()
}

/// As the network reads it.
fn scale(second: &Second) -> [f32; FRAMES * CEPSTRA] {
    second.map(|value| f32::from(value) / 16.0)
}
