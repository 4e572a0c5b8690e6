//! Adapts on the device: a spotter of twelve words that was trained elsewhere meets another microphone.
//!
//! Its first layers stay in flash; the last convolution and the dense layer, 4,940 parameters, are copied from the same
//! file to RAM, and learn from a stream of samples as they come. `cargo run --release --features alloc,reproducible
//! --example keywords` writes both files; all words are synthetic.
#![no_std]
#![no_main]

mod words;

use core::hint::black_box;

use backprop::{Error, Optimizer, Parameters};
use support::console::write_number;
use support::counter::Counter;
use support::program;
use words::{
    Cepstra, DEPLOYED, LEAST_GAIN, Learner, Memory, RATE, ROUNDS, Sample, read_cepstra,
    read_muffled, split_samples,
};
use workload::hash_bits;

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

program!(run, Learner = DEPLOYED, Memory = Memory::new());

fn run(network: &mut Learner, memory: &mut Memory) -> Result<(), Failure> {
    let (stream, kept) = split_samples();
    let mut counter = Counter::start_slow();
    let mut cepstra = [0.0; 490];
    let unchanged = judge(network, memory, kept, &mut cepstra, read_cepstra);
    write_number(c"words.before_change", unchanged);
    let before = judge(network, memory, kept, &mut cepstra, read_muffled);
    write_number(c"words.before", before);
    let mut word = 0;
    let forward = counter.count(|| word = network.predict_with(&cepstra, memory));
    black_box(word);
    write_number(c"words.forward", forward);
    let mut optimizer = Optimizer::new(RATE);
    let mut instructions = 0;
    for _ in 0..ROUNDS {
        for sample in stream {
            let class = read_muffled(sample, &mut cepstra);
            let mut step = Ok(0.0);
            instructions = counter.count(|| {
                step = network.train_step_with(&cepstra, &class, &mut optimizer, memory);
            });
            step?;
        }
    }
    let after = judge(network, memory, kept, &mut cepstra, read_muffled);
    write_number(c"words.after", after);
    write_number(c"words.step", instructions);
    write_number(c"words.hash", hash_bits(network.as_slice()));
    if after < before + LEAST_GAIN { Err(Failure::NotAdapted) } else { Ok(()) }
}

/// How many percent of the samples are recognised.
fn judge(
    network: &Learner,
    memory: &mut Memory,
    samples: &[Sample],
    cepstra: &mut Cepstra,
    read: impl Fn(&Sample, &mut Cepstra) -> u32,
) -> u32 {
    let mut right: u32 = 0;
    for sample in samples {
        let class = read(sample, cepstra);
        right += u32::from(network.predict_with(cepstra, memory) == class);
    }
    (100 * right).checked_div(samples.len() as u32).unwrap_or(0)
}
