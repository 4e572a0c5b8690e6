//! What an accelerometer on a rotating machine says: a shaft with its harmonics, and what faults add to them.
//!
//! Amplitudes are in g. That a defect of a bearing's outer race rings its housing once for each ball is the model of
//! P. D. McFadden and J. D. Smith, Model for the vibration produced by a single point defect in a rolling element
//! bearing (1984).

use std::f32::consts::TAU;

use backprop::{Random, Rng};

/// Samples of a window: four turns of the shaft, about.
pub const WINDOW: usize = 128;

/// Samples a second.
const RATE: f32 = 800.0;

/// Turns of the shaft a second, and how far the load moves them.
const SHAFT: f32 = 25.0;
const SHAFT_SPREAD: f32 = 0.5;

/// The standard deviation of the sensor's noise.
const NOISE: f32 = 0.05;

/// The state of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// As it was when it was learnt.
    Healthy,
    /// The rotor's weight is off its axis: more of the first harmonic.
    Imbalance,
    /// Two shafts are not in line: more of the second.
    Misalignment,
    /// A foot is loose: what lies between the harmonics.
    Looseness,
    /// A crack in the outer race of a bearing: a short ringing for each ball that passes.
    Bearing,
}

impl Condition {
    /// The faults.
    pub const FAULTS: [Self; 4] =
        [Self::Imbalance, Self::Misalignment, Self::Looseness, Self::Bearing];
}

/// A window of a machine in this condition, at a time of its own: every phase is new.
pub fn draw_window(condition: Condition, random: &mut Rng) -> [f32; WINDOW] {
    let shaft = SHAFT + SHAFT_SPREAD * draw_between(random, -1.0, 1.0);
    // The order of the shaft's frequency, and the amplitude.
    let mut tones = vec![(1.0, 1.0), (2.0, 0.4), (3.0, 0.2)];
    match condition {
        Condition::Imbalance => tones[0].1 = 1.5,
        Condition::Misalignment => tones[1].1 = 0.8,
        Condition::Looseness => tones.extend([(0.5, 0.05), (1.5, 0.05), (2.5, 0.03)]),
        Condition::Healthy | Condition::Bearing => {}
    }
    let mut window = [0.0; WINDOW];
    for (order, amplitude) in tones {
        let amplitude = amplitude * draw_between(random, 0.9, 1.1);
        let phase = draw_between(random, 0.0, TAU);
        add(&mut window, |time| amplitude * (TAU * order * shaft * time + phase).sin());
    }
    if condition == Condition::Bearing {
        ring(&mut window, shaft, random);
    }
    for sample in &mut window {
        *sample += NOISE * draw_normal(random);
    }
    window
}

/// Adds the ringing of a bearing's housing, which dies away until the next ball comes.
fn ring(window: &mut [f32; WINDOW], shaft: f32, random: &mut Rng) {
    const BALLS_A_TURN: f32 = 3.6;
    const RESONANCE: f32 = 310.0;
    const DECAY: f32 = 0.004;
    const AMPLITUDE: f32 = 0.15;
    let between = 1.0 / (BALLS_A_TURN * shaft);
    let mut start = -between * draw_between(random, 0.0, 1.0);
    while start < WINDOW as f32 / RATE {
        add(window, |time| {
            let age = time - start;
            if age < 0.0 {
                return 0.0;
            }
            AMPLITUDE * (-age / DECAY).exp() * (TAU * RESONANCE * age).sin()
        });
        // Balls slip a little.
        start += between * draw_between(random, 0.99, 1.01);
    }
}

/// Adds a function of the time in seconds.
fn add(window: &mut [f32; WINDOW], function: impl Fn(f32) -> f32) {
    for (index, sample) in window.iter_mut().enumerate() {
        *sample += function(index as f32 / RATE);
    }
}

fn draw_between(random: &mut Rng, low: f32, high: f32) -> f32 {
    low + (high - low) * (random.next_u32() >> 8) as f32 / (1 << 24) as f32
}

/// Of the standard normal distribution, by G. E. P. Box and M. E. Muller (1958).
fn draw_normal(random: &mut Rng) -> f32 {
    let radius = (-2.0 * (1.0 - draw_between(random, 0.0, 1.0)).ln()).sqrt();
    radius * (TAU * draw_between(random, 0.0, 1.0)).cos()
}
