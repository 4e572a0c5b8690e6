//! Adapts on the device: a classifier of digits that was trained elsewhere meets a camera that was knocked.
//!
//! Its first layer, 2,080 parameters, stays in flash; the last, 330, are copied from the same file to RAM, and learn
//! from a stream of samples as they come. `cargo run --release --example deploy` writes both files.
#![no_std]
#![no_main]

mod digits;

use backprop::{Error, Optimizer};
use digits::{LEAST_GAIN, Learner, RATE, ROUNDS, Sample, read_image, read_shifted, split_samples};
use support::console::write_number;
use support::counter::Counter;
use support::program;

/// What went wrong, if anything: QEMU's exit status tells.
enum Failure {
    /// A step was refused.
    Refused,
    /// Nothing was gained.
    NotAdapted,
}

impl From<Error> for Failure {
    fn from(_: Error) -> Self {
        Self::Refused
    }
}

program!(run, Learner = Learner::DEPLOYED);

fn run(learner: &mut Learner) -> Result<(), Failure> {
    let (stream, kept) = split_samples();
    write_number(c"digits.before_knock", judge(learner, kept, read_image));
    let before = judge(learner, kept, read_shifted);
    write_number(c"digits.before", before);
    let mut optimizer = Optimizer::new(RATE);
    let mut counter = Counter::start();
    let mut instructions = 0;
    let mut image = [0.0; 64];
    for _ in 0..ROUNDS {
        for sample in stream {
            let class = read_shifted(sample, &mut image);
            let Learner { network, workspace } = learner;
            let mut step = Ok(0.0);
            instructions = counter.count(|| {
                step = network.train_step_with(&image, &class, &mut optimizer, workspace);
            });
            step?;
        }
    }
    let after = judge(learner, kept, read_shifted);
    write_number(c"digits.after", after);
    write_number(c"digits.step", instructions);
    if after < before + LEAST_GAIN { Err(Failure::NotAdapted) } else { Ok(()) }
}

/// How many percent of the samples are recognised.
fn judge(
    learner: &mut Learner,
    samples: &[Sample],
    read: impl Fn(&Sample, &mut [f32; 64]) -> u32,
) -> u32 {
    let mut right: u32 = 0;
    for sample in samples {
        right += u32::from(learner.recognises(sample, &read));
    }
    (100 * right).checked_div(samples.len() as u32).unwrap_or(0)
}
