//! The overdrive that is to be learnt: what goes through it is amplified until it clips, the louder half of a wave sooner
//! than the other, between two filters.

/// A filter that follows its input: one resistor and one capacitor.
#[derive(Default)]
struct LowPass {
    level: f32,
}

impl LowPass {
    fn run(&mut self, sample: f32, share: f32) -> f32 {
        self.level += share * (sample - self.level);
        self.level
    }
}

/// The state of the circuit.
#[derive(Default)]
pub struct Circuit {
    before: LowPass,
    behind: LowPass,
}

/// By how much a sample is amplified.
const GAIN: f32 = 6.0;

impl Circuit {
    /// Without charge.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next sample. At 44,100 a second the filters let pass what is above 290 and below 5,500 Hz.
    pub fn run(&mut self, sample: f32) -> f32 {
        let bass = self.before.run(sample, 0.04);
        let driven = GAIN * (sample - bass) + 0.3;
        let clipped = driven.tanh() - 0.3_f32.tanh();
        0.7 * self.behind.run(clipped, 0.55)
    }
}
