//! Learns the sound of an overdrive from examples of it, and then plays: a recurrent network takes a recording sample by
//! sample, in fixed memory, as an audio plug-in would.
//!
//!     cargo run --release --example audio_effect [-- --seed N] [--data FILE.wav]
//!
//! What it learns from are notes that it draws itself, and what the circuit in `circuit.rs` makes of them. What it plays is a
//! melody, or the first channel of a recording; both sounds go to `target/audio_effect-{clean,played}.wav`. The network is that of
//! Wright et al., Real-Time Guitar Amplifier Emulation with Deep Learning (2020).

#[path = "../support/mod.rs"]
mod support;

mod circuit;
mod notes;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use backprop::{Adam, Optimizer, Rng, network};
use circuit::Circuit;
use notes::{draw_note, play_melody};
use support::{Arguments, Progress, prepare_output};

network! {
    /// A sample of the effect from each sample of the sound, and from what it remembers of those before.
    pub struct Overdrive {
        input sound: [256, 1];
        output played = sound -> lstm(16) -> dense(1, axis = last);
        loss mse(played);
    }
}

/// Samples of an excerpt to learn from.
const WINDOW: usize = 256;
const SAMPLE_RATE: u32 = 44_100;
const EPOCHS: u64 = 40;
/// Batches of an epoch, each of new notes.
const BATCHES: usize = 50;
const BATCH: usize = 32;
const RATE: f32 = 4e-3;
/// Seconds of the melody.
const SECONDS: usize = 10;

fn main() -> ExitCode {
    support::run(|| {
        let arguments = Arguments::read(&["seed", "data"])?;
        let network = train(arguments.seed)?;
        let (clean, rate) = match &arguments.data {
            Some(file) => read_sound(file)?,
            None => (play_melody(SECONDS, SAMPLE_RATE), SAMPLE_RATE),
        };
        if rate != SAMPLE_RATE {
            println!(
                "the recording has {rate} samples a second: the effect was learnt at {SAMPLE_RATE}"
            );
        }
        let start = Instant::now();
        let played = play(&network, &clean);
        let factor = clean.len() as f64 / f64::from(rate) / start.elapsed().as_secs_f64();
        let files = [write_sound("clean", &clean, rate)?, write_sound("played", &played, rate)?];
        println!("clean: {}\nplayed: {}", files[0].display(), files[1].display());
        println!(
            "{factor:.0} times as fast as real time, with {} bytes of state",
            Overdrive::STATE_BYTES
        );
        let mut circuit = Circuit::new();
        let truth: Vec<f32> = clean.iter().map(|sample| circuit.run(*sample)).collect();
        println!("error-to-signal ratio {:.2}%", 100.0 * compare(&played, &truth));
        Ok(())
    })
}

/// Learns what the circuit does to notes, each from silence on.
fn train(seed: u64) -> Result<Overdrive, Box<dyn Error>> {
    let mut random = Rng::new(seed);
    let mut network = Overdrive::new(seed);
    let mut optimizer = Optimizer::new(Adam::new(RATE));
    let mut workspace = OverdriveWorkspace::new();
    let progress = Progress::start(EPOCHS);
    for epoch in 0..EPOCHS {
        optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32).powi(2));
        let mut sum = 0.0;
        for _ in 0..BATCHES {
            let inputs: Vec<[f32; WINDOW]> =
                (0..BATCH).map(|_| draw_note(&mut random, SAMPLE_RATE)).collect();
            let targets: Vec<[f32; WINDOW]> = inputs
                .iter()
                .map(|input| {
                    let mut circuit = Circuit::new();
                    input.map(|sample| circuit.run(sample))
                })
                .collect();
            sum += network.train_batch_with(&inputs, &targets, &mut optimizer, &mut workspace)?;
        }
        progress.show_epoch(sum / BATCHES as f32);
    }
    progress.finish();
    Ok(network)
}

/// The effect, sample by sample.
fn play(network: &Overdrive, sound: &[f32]) -> Vec<f32> {
    let mut state = OverdriveState::new();
    let mut workspace = OverdriveWorkspace::<backprop::Inference>::new();
    let mut step = |sample: &f32| network.step_with(&mut state, &[*sample], &mut workspace)[0];
    sound.iter().map(&mut step).collect()
}

/// The energy of the difference over that of the truth.
fn compare(played: &[f32], truth: &[f32]) -> f32 {
    let error: f32 = played.iter().zip(truth).map(|(played, truth)| (played - truth).powi(2)).sum();
    error / truth.iter().map(|truth| truth * truth).sum::<f32>()
}

/// The first channel of a recording, from -1 to 1, and how many samples a second it has.
fn read_sound(file: &Path) -> Result<(Vec<f32>, u32), Box<dyn Error>> {
    let mut reader = hound::WavReader::open(file)?;
    let format = reader.spec();
    let channels = usize::from(format.channels);
    let sound = match format.sample_format {
        hound::SampleFormat::Float => {
            reader.samples::<f32>().step_by(channels).collect::<Result<Vec<f32>, _>>()?
        }
        hound::SampleFormat::Int => {
            let largest = 2_f32.powi(i32::from(format.bits_per_sample) - 1);
            let samples = reader.samples::<i32>().step_by(channels);
            samples.map(|sample| Ok(sample? as f32 / largest)).collect::<hound::Result<_>>()?
        }
    };
    Ok((sound, format.sample_rate))
}

fn write_sound(name: &str, sound: &[f32], sample_rate: u32) -> Result<PathBuf, Box<dyn Error>> {
    let file = prepare_output(&format!("audio_effect-{name}.wav"))?;
    let format = hound::WavSpec {
        channels: 1,
        sample_rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&file, format)?;
    for sample in sound {
        writer.write_sample((sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16)?;
    }
    writer.finalize()?;
    Ok(file)
}
