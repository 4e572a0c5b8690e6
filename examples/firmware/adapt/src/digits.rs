//! What adapts: the network with its weights, and the stream that it learns from.

use backprop::{Sgd, Step, include_weights, network};

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
pub type Sample = [u8; 65];

static SAMPLES: &[Sample] = include_bytes!("../digits.samples").as_chunks().0;
/// How many of the samples are learnt from; the others judge.
const LEARNT: usize = 240;
/// How often each of them passes.
pub const ROUNDS: u32 = 4;
pub const RATE: Sgd = Sgd::new(0.05);
/// By how many percent of what is judged the device must become better.
pub const LEAST_GAIN: u32 = 20;

/// The samples to learn from, and those that judge.
pub fn split_samples() -> (&'static [Sample], &'static [Sample]) {
    SAMPLES.split_at_checked(LEARNT).unwrap_or((SAMPLES, &[]))
}

/// The network and the memory that it learns in.
pub struct Learner {
    pub network: Digits<&'static DigitsFrozen>,
    pub workspace: DigitsWorkspace<Step>,
}

impl Learner {
    /// As it left the host.
    pub const DEPLOYED: Self = Self {
        network: include_weights!(Digits, frozen = FROZEN, "../digits.weights"),
        workspace: DigitsWorkspace::new(),
    };

    /// Whether it tells the class of a sample.
    pub fn recognises(
        &mut self,
        sample: &Sample,
        read: impl Fn(&Sample, &mut [f32; 64]) -> u32,
    ) -> bool {
        let mut image = [0.0; 64];
        let class = read(sample, &mut image);
        self.network.predict_with(&image, &mut self.workspace) == class
    }
}

/// Writes a sample as the network has learnt them; returns its class.
pub fn read_image(sample: &Sample, image: &mut [f32; 64]) -> u32 {
    let [pixels @ .., class] = sample;
    for (value, pixel) in image.iter_mut().zip(pixels) {
        *value = f32::from(*pixel) / 16.0;
    }
    u32::from(*class)
}

/// Writes what the camera sees after the knock, everything one pixel to the right; returns the class.
pub fn read_shifted(sample: &Sample, image: &mut [f32; 64]) -> u32 {
    let class = read_image(sample, image);
    for row in image.as_chunks_mut::<8>().0 {
        row.rotate_right(1);
        row[0] = 0.0;
    }
    class
}
