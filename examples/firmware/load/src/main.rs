//! Loads weights that are known only while it runs: a checkpoint as it comes over a wire, checked before a parameter
//! changes.
#![no_std]
#![no_main]

use core::hint::black_box;

use backprop::{CheckpointError, Inference, network};
use support::console::write_number;
use support::counter::Counter;
use support::program;

network! {
    /// Recognises 8x8 handwritten digits.
    pub struct Digits {
        input image: [64];
        output class = image -> dense(32) -> relu -> dense(10);
        loss cross_entropy(class);
    }
}

/// What was received, 9,684 bytes. The image takes it for any bytes, of which the compiler knows nothing.
static RECEIVED: &[u8] = include_bytes!("../../adapt/digits.weights");
/// 64 pixels from 0 to 16, and the class.
static SAMPLES: &[[u8; 65]] = include_bytes!("../../adapt/digits.samples").as_chunks().0;
/// How many samples are recognised with these weights at least, of a hundred.
const LEAST: usize = 95;

/// All static memory of the image.
struct Memory {
    network: Digits,
    workspace: DigitsWorkspace<Inference>,
}

/// What went wrong, if anything: QEMU's exit status tells.
enum Failure {
    /// The checkpoint was refused.
    Refused,
    /// Half of one was not.
    NotRefused,
    /// What was loaded does not recognise digits.
    NotLoaded,
}

impl From<CheckpointError> for Failure {
    fn from(_: CheckpointError) -> Self {
        Self::Refused
    }
}

program!(run, Memory = Memory { network: Digits::ZERO, workspace: DigitsWorkspace::new() });

fn run(memory: &mut Memory) -> Result<(), Failure> {
    let received = black_box(RECEIVED);
    let (half, _) = received.split_at_checked(received.len() / 2).unwrap_or_default();
    if load(&mut memory.network, half) != Err(CheckpointError::Truncated) {
        return Err(Failure::NotRefused);
    }
    let mut outcome = Ok(());
    let instructions = Counter::start().count(|| outcome = load(&mut memory.network, received));
    outcome?;
    let right = SAMPLES.iter().take(100).filter(|sample| recognises(memory, sample)).count();
    write_number(c"digits.load", instructions);
    write_number(c"digits.right", right as u32);
    if right < LEAST { Err(Failure::NotLoaded) } else { Ok(()) }
}

/// The call as a program makes it, once in flash.
#[inline(never)]
fn load(network: &mut Digits, bytes: &[u8]) -> Result<(), CheckpointError> {
    network.load(bytes)
}

fn recognises(memory: &mut Memory, [pixels @ .., class]: &[u8; 65]) -> bool {
    let mut image = [0.0; 64];
    for (value, pixel) in image.iter_mut().zip(pixels) {
        *value = f32::from(*pixel) / 16.0;
    }
    memory.network.predict_with(&image, &mut memory.workspace) == u32::from(*class)
}
