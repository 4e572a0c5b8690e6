//! Adapts on the device: a classifier of digits that was trained elsewhere meets a camera that was knocked.
//!
//! Its first layer, 2,080 parameters, stays in flash; the last, 330, are copied from the same file to RAM, and learn
//! from a stream of samples as they come. `cargo run --release --example deploy` writes both files.
#![no_std]
#![no_main]

use backprop::{Error, Optimizer, Sgd, Step, include_weights, network};
use support::console::write_number;
use support::counter::Counter;
use support::program;

network! {
    /// Recognises 8x8 handwritten digits.
    pub struct Digits {
        input image: [64];
        output class = image -> dense(32, trainable = false) -> relu -> dense(10);
        loss cross_entropy(class);
        budget { step = 1 KiB }
    }
}

static FROZEN: DigitsFrozen = include_weights!(DigitsFrozen, "../digits.weights");

/// 64 pixels from 0 to 16, and the class.
static SAMPLES: &[[u8; 65]] = include_bytes!("../digits.samples").as_chunks().0;
/// How many of the samples are learnt from; the others judge.
const LEARNT: usize = 240;
/// How often each of them passes.
const ROUNDS: u32 = 4;
const RATE: Sgd = Sgd::new(0.05);
/// By how many percent of what is judged the device must become better.
const LEAST_GAIN: u32 = 20;

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

/// All static memory of the image.
struct Memory {
    network: Digits<&'static DigitsFrozen>,
    workspace: DigitsWorkspace<Step>,
}

program!(
    run,
    Memory = Memory {
        network: include_weights!(Digits, frozen = FROZEN, "../digits.weights"),
        workspace: DigitsWorkspace::new(),
    }
);

fn run(memory: &mut Memory) -> Result<(), Failure> {
    let (stream, kept) = SAMPLES.split_at_checked(LEARNT).unwrap_or((SAMPLES, &[]));
    write_number(c"digits.before_knock", judge(memory, kept, read_image));
    let before = judge(memory, kept, read_shifted);
    write_number(c"digits.before", before);
    let mut optimizer = Optimizer::new(RATE);
    let mut counter = Counter::start();
    let mut instructions = 0;
    for _ in 0..ROUNDS {
        for sample in stream {
            let (image, class) = read_shifted(sample);
            let Memory { network, workspace } = memory;
            let mut step = Ok(0.0);
            instructions = counter.count(|| {
                step = network.train_step_with(&image, &class, &mut optimizer, workspace);
            });
            step?;
        }
    }
    let after = judge(memory, kept, read_shifted);
    write_number(c"digits.after", after);
    write_number(c"digits.step", instructions);
    if after < before + LEAST_GAIN { Err(Failure::NotAdapted) } else { Ok(()) }
}

/// How many percent of the samples are recognised.
fn judge(
    memory: &mut Memory,
    samples: &[[u8; 65]],
    read: impl Fn(&[u8; 65]) -> ([f32; 64], u32),
) -> u32 {
    let mut right: u32 = 0;
    for sample in samples {
        let (image, class) = read(sample);
        if memory.network.predict_with(&image, &mut memory.workspace) == class {
            right += 1;
        }
    }
    (100 * right).checked_div(samples.len() as u32).unwrap_or(0)
}

/// A sample as the network has learnt them.
fn read_image(sample: &[u8; 65]) -> ([f32; 64], u32) {
    let [pixels @ .., class] = sample;
    (pixels.map(|pixel| f32::from(pixel) / 16.0), u32::from(*class))
}

/// What the camera sees after the knock: everything one pixel to the right.
fn read_shifted(sample: &[u8; 65]) -> ([f32; 64], u32) {
    let (mut image, class) = read_image(sample);
    for row in image.as_chunks_mut::<8>().0 {
        row.rotate_right(1);
        row[0] = 0.0;
    }
    (image, class)
}
