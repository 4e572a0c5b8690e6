//! What adapts: the network with its weights, and the stream that it learns from.

use backprop::{Sgd, Step, include_weights, network};

network! {
    /// A depthwise-separable spotter of twelve words, whose last layers learn.
    pub struct Words {
        const CHANNELS = 64;
        input cepstra: [1, 49, 10];
        block separable = depthwise_conv2d(kernel = 3, padding = same, trainable = false) -> relu
            -> conv2d(CHANNELS, kernel = 1, trainable = false) -> relu;
        let sounds = cepstra
            -> conv2d(CHANNELS, kernel = [10, 4], stride = 2, padding = [5, 1], trainable = false)
            -> relu -> separable -> separable -> separable;
        let shapes = sounds
            -> depthwise_conv2d(kernel = 3, padding = same, trainable = false) -> relu;
        let parts = shapes -> conv2d(CHANNELS, kernel = 1) -> relu;
        output word = parts -> global_avg_pool2d -> dense(12);
        loss cross_entropy(word);
        budget { parameters = 90 KiB, step = 126 KiB }
    }
}

static FROZEN: WordsFrozen = include_weights!(WordsFrozen, "../words.weights");

/// 49 frames of 10 cepstra in 1/16, as signed bytes, and the class.
pub type Sample = [u8; 491];
/// As the network reads it.
pub type Cepstra = [f32; 490];

static SAMPLES: &[Sample] = include_bytes!("../words.samples").as_chunks().0;
/// How many of the samples are learnt from; the others judge.
const LEARNT: usize = 36;
/// How often each of them passes.
pub const ROUNDS: u32 = 2;
pub const RATE: Sgd = Sgd::new(0.02);
/// By how many percent of what is judged the device must become better.
pub const LEAST_GAIN: u32 = 20;

/// What another microphone adds to each cepstrum: it is louder, and hears little of what is high.
const MICROPHONE: [f32; 10] = [0.5, 0.6, 0.2, 0.3, -0.2, 0.1, 0.1, -0.1, 0.0, 0.1];

/// The samples to learn from, and those that judge.
pub fn split_samples() -> (&'static [Sample], &'static [Sample]) {
    SAMPLES.split_at_checked(LEARNT).unwrap_or((SAMPLES, &[]))
}

/// The network, its first layers in flash.
pub type Learner = Words<&'static WordsFrozen>;
/// What it learns in.
pub type Memory = WordsWorkspace<Step>;

/// As it left the host.
pub const DEPLOYED: Learner = include_weights!(Words, frozen = FROZEN, "../words.weights");

/// Writes a sample as the network has learnt them; returns its class.
pub fn read_cepstra(sample: &Sample, cepstra: &mut Cepstra) -> u32 {
    let [bytes @ .., class] = sample;
    for (value, byte) in cepstra.iter_mut().zip(bytes) {
        *value = f32::from(byte.cast_signed()) / 16.0;
    }
    u32::from(*class)
}

/// Writes what the other microphone hears; returns the class.
pub fn read_muffled(sample: &Sample, cepstra: &mut Cepstra) -> u32 {
    let class = read_cepstra(sample, cepstra);
    for frame in cepstra.as_chunks_mut::<10>().0 {
        for (value, change) in frame.iter_mut().zip(MICROPHONE) {
            *value += change;
        }
    }
    class
}
