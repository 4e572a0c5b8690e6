//! Finds faults of a rotating machine without ever having seen one: an autoencoder learns the vibration of the healthy
//! machine, and what it cannot put together again is an anomaly.
//!
//!     cargo run --release --example vibration [-- --seed N]
//!
//! The signal is made by `signal.rs`. The threshold is what one of a hundred healthy windows exceeds, of windows that
//! are neither learnt from nor tested on.

#[path = "../support/mod.rs"]
mod support;

mod signal;

use std::error::Error;
use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Rng, network};
use signal::{Condition, WINDOW, draw_window};
use support::{Arguments, Progress};

network! {
    /// A window of a signal to sixteen numbers, and back.
    pub struct Autoencoder {
        input window: [1, 128];
        let code = window
            -> conv1d(8, kernel = 9, stride = 2, padding = 4) -> tanh
            -> conv1d(8, kernel = 9, stride = 2, padding = 4) -> tanh
            -> flatten -> dense(16);
        output copy = code
            -> dense(256) -> tanh -> reshape([8, 32])
            -> upsample(2) -> conv1d(8, kernel = 9, padding = same) -> tanh
            -> upsample(2) -> conv1d(1, kernel = 9, padding = same);
        loss mse(copy);
    }
}

const LEARNT: usize = 4_000;
const HELD_BACK: usize = 2_000;
const TESTED: usize = 1_000;
const EPOCHS: u64 = 30;
const BATCH: usize = 32;
const RATE: f32 = 2e-3;

fn main() -> ExitCode {
    support::run(|| {
        let seed = Arguments::read(&["seed"])?.seed;
        let mut random = Rng::new(seed);
        let network = train(&mut random, seed)?;
        let mut held_back = score_windows(&network, Condition::Healthy, HELD_BACK, &mut random)?;
        held_back.sort_by(f32::total_cmp);
        let threshold = held_back[HELD_BACK * 99 / 100];
        let share = |condition, random: &mut Rng| -> Result<f64, Box<dyn Error>> {
            let scores = score_windows(&network, condition, TESTED, random)?;
            let found = scores.iter().filter(|score| **score > threshold).count();
            Ok(100.0 * found as f64 / TESTED as f64)
        };
        let alarms = share(Condition::Healthy, &mut random)?;
        let mut least = f64::INFINITY;
        for fault in Condition::FAULTS {
            let found = share(fault, &mut random)?;
            println!("{fault:?}: {found:.1}% of {TESTED} windows found");
            least = least.min(found);
        }
        println!("false alarms: {alarms:.1}% of {TESTED} healthy windows");
        println!("found {least:.1}% of the windows of every fault, or more");
        Ok(())
    })
}

/// Learns to copy windows of the healthy machine.
fn train(random: &mut Rng, seed: u64) -> Result<Box<Autoencoder>, Box<dyn Error>> {
    let windows = draw_windows(Condition::Healthy, LEARNT, random);
    let mut order: Vec<usize> = (0..LEARNT).collect();
    let mut network = Box::new(Autoencoder::new(seed));
    let mut optimizer = Optimizer::new(Adam::new(RATE));
    let progress = Progress::start(EPOCHS);
    for epoch in 0..EPOCHS {
        optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut order, BATCH, random) {
            let loss = network.train_batch_indexed(&windows, &windows, batch, &mut optimizer)?;
            sum += loss * batch.len() as f32;
        }
        progress.show_epoch(sum / LEARNT as f32);
    }
    progress.finish();
    Ok(network)
}

fn draw_windows(condition: Condition, count: usize, random: &mut Rng) -> Vec<[f32; WINDOW]> {
    (0..count).map(|_| draw_window(condition, random)).collect()
}

/// How far the copy of each of so many new windows is from it.
fn score_windows(
    network: &Autoencoder,
    condition: Condition,
    count: usize,
    random: &mut Rng,
) -> Result<Vec<f32>, Box<dyn Error>> {
    let windows = draw_windows(condition, count, random);
    Ok(windows.iter().map(|window| network.loss(window, window)).collect())
}
