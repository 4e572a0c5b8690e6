//! Trains, and can be killed at any moment: started again it goes on from its last checkpoint, and ends with the bits of a
//! run that nobody disturbed. What tells two spirals apart, of 400 points.
//!
//!     cargo run --release --example resume [-- --seed N | --epochs N | --checkpoint FILE]
//!
//! The checkpoint has the network, the optimiser with its schedule, and the generator that shuffles: after each epoch there
//! is nothing else that the next ones depend on.

mod support;

use std::error::Error;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use backprop::schedules::Cosine;
use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Random, Rng, Rule, Scheduled, checkpoint, network};
use support::Arguments;

network! {
    /// On which of two spirals a point lies.
    pub struct Spirals {
        input point: [2];
        output spiral = point -> dense(16) -> tanh -> dense(16) -> tanh -> dense(2);
        loss cross_entropy(spiral);
    }
}

const POINTS: usize = 400;
const BATCH: usize = 20;
const STEPS_PER_EPOCH: u64 = (POINTS / BATCH) as u64;
const EPOCHS: u64 = 300;

/// All that changes.
pub struct Training {
    network: Spirals,
    optimizer: Optimizer<Scheduled<Adam, Cosine>, SpiralsGradient>,
    random: Rng,
}

impl Training {
    /// A training of so many epochs, of which none is done.
    pub fn start(seed: u64, epochs: u64) -> Self {
        let schedule = Cosine::new(epochs * STEPS_PER_EPOCH);
        Self {
            network: Spirals::new(seed),
            optimizer: Optimizer::new(Adam::new(0.02).schedule(schedule)),
            random: Rng::new(seed),
        }
    }

    /// Whether there was a checkpoint to go on from.
    pub fn load(&mut self, path: &Path) -> Result<bool, std::io::Error> {
        let contents = (&mut self.network, &mut self.optimizer, &mut self.random);
        match checkpoint::load(path, contents) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            result => result.map(|()| true),
        }
    }

    fn save(&self, path: &Path) -> Result<(), std::io::Error> {
        checkpoint::save(path, (&self.network, &self.optimizer, &self.random))
    }

    /// How many epochs are done.
    pub fn epoch(&self) -> u64 {
        self.optimizer.steps() / STEPS_PER_EPOCH
    }

    fn train_epoch(&mut self, points: &[[f32; 2]], spirals: &[u32]) -> Result<(), backprop::Error> {
        // From one to the last each time, since an order that was shuffled before would have to be in the checkpoint too.
        let mut order: Vec<usize> = (0..points.len()).collect();
        for batch in shuffle_batches(&mut order, BATCH, &mut self.random) {
            self.network.train_batch_indexed(points, spirals, batch, &mut self.optimizer)?;
        }
        Ok(())
    }
}

/// Two spirals, each once and a half around the origin, with some noise.
fn draw_points() -> (Vec<[f32; 2]>, Vec<u32>) {
    let mut random = Rng::new(0);
    let mut noise = || (random.below(1001) as f32 / 1000.0 - 0.5) * 0.06;
    (0..POINTS as u32)
        .map(|index| {
            let spiral = index % 2;
            let along = (index / 2) as f32 / (POINTS / 2) as f32;
            let angle = (3.0 * along + spiral as f32) * std::f32::consts::PI;
            let distance = 0.1 + 0.9 * along;
            ([distance * angle.cos() + noise(), distance * angle.sin() + noise()], spiral)
        })
        .unzip()
}

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "epochs", "checkpoint"])?;
        let path = arguments
            .checkpoint
            .unwrap_or_else(|| std::env::temp_dir().join("backprop-resume.checkpoint"));
        train(arguments.seed, arguments.epochs.unwrap_or(EPOCHS), &path)
    })
}

fn train(seed: u64, epochs: u64, path: &Path) -> Result<(), Box<dyn Error>> {
    let (points, spirals) = draw_points();
    let mut training = Training::start(seed, epochs);
    let mut output = std::io::stdout().lock();
    match training.load(path)? {
        true => writeln!(output, "goes on after epoch {}", training.epoch())?,
        false => writeln!(output, "starts; kill it when you like: {} has all", path.display())?,
    }
    while training.epoch() < epochs {
        training.train_epoch(&points, &spirals)?;
        training.save(path)?;
        writeln!(output, "saved epoch {}", training.epoch())?;
    }
    let accuracy = training.network.accuracy(&points, &spirals)?;
    let loss = training.network.evaluate(&points, &spirals)?;
    writeln!(
        output,
        "loss {loss:.6} (bits {:08x}), {:.1}% right",
        loss.to_bits(),
        100.0 * accuracy
    )?;
    writeln!(output, "remove {} to start afresh", path.display())?;
    Ok(())
}
