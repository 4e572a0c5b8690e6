//! The networks whose instructions are counted, and training runs whose results every machine must reach bit for
//! bit.
#![no_std]

mod all;
pub mod planes;
pub mod rules;
pub mod streams;

pub use all::train_all;

use backprop::{Error, Optimizer, Parameters, Random, Rng, Sgd, Step, network};

/// The networks, each with a statement more, or none.
macro_rules! declare {
    ($($code:tt)*) => {
        network! {
            /// The smallest network that is worth training.
            pub struct Tiny {
                $($code)*
                input x: [2];
                output y = x -> dense(8) -> tanh -> dense(1);
                loss mse(y);
            }
        }

        network! {
            /// Tells one of ten patterns from the readings of 64 sensors.
            pub struct Sensor {
                $($code)*
                input readings: [64];
                output pattern = readings -> dense(32) -> relu -> dense(10);
                loss cross_entropy(pattern);
            }
        }

        network! {
            /// Everything whose bits a machine could get wrong: products, tanh, softmax, a logarithm.
            pub struct Kinds {
                $($code)*
                input x: [6];
                output kind = x -> dense(12) -> tanh -> dense(5);
                output probability = kind -> softmax;
                loss cross_entropy(kind);
            }
        }
    };
}

#[cfg(not(feature = "small"))]
declare! {}
#[cfg(feature = "small")]
declare! { code = small; }

/// How many steps the training runs take.
pub const STEPS: u32 = 100;
/// What the networks and the samples are drawn from.
pub const SEED: u64 = 1;

/// Plain descent, at the rate that the runs use.
pub const TINY_RATE: Sgd = Sgd::new(0.1);
/// Plain descent, at the rate that the runs use.
pub const SENSOR_RATE: Sgd = Sgd::new(0.01);
/// Plain descent, at the rate that the runs use.
pub const KINDS_RATE: Sgd = Sgd::new(0.1);

/// Uniform in [-1, 1): multiples of 2^-23, which every target computes exactly.
fn draw(random: &mut Rng) -> f32 {
    (random.next_u32() >> 8) as f32 / 8_388_608.0 - 1.0
}

/// A point and the product of its coordinates.
pub fn draw_tiny_sample(random: &mut Rng) -> ([f32; 2], [f32; 1]) {
    let (a, b) = (draw(random), draw(random));
    ([a, b], [a * b])
}

/// Noise, with a bump where the class says.
pub fn draw_sensor_sample(random: &mut Rng) -> ([f32; 64], u32) {
    let class = random.below(10);
    let mut readings = [0.0; 64];
    for (position, reading) in (0..).zip(&mut readings) {
        let bump = if position / 6 == class { 1.0 } else { 0.0 };
        *reading = 0.5 * draw(random) + bump;
    }
    (readings, class)
}

/// Trains from the seed on; returns the hash of all parameters.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_tiny(network: &mut Tiny, workspace: &mut TinyWorkspace<Step>) -> Result<u32, Error> {
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(TINY_RATE);
    let mut random = Rng::new(SEED);
    for _ in 0..STEPS {
        let (x, target) = draw_tiny_sample(&mut random);
        network.train_step_with(&x, &target, &mut optimizer, workspace)?;
    }
    Ok(hash_bits(network.as_slice()))
}

/// Trains from the seed on; returns the hash of all parameters.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_sensor(
    network: &mut Sensor,
    workspace: &mut SensorWorkspace<Step>,
) -> Result<u32, Error> {
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(SENSOR_RATE);
    let mut random = Rng::new(SEED);
    for _ in 0..STEPS {
        let (readings, class) = draw_sensor_sample(&mut random);
        network.train_step_with(&readings, &class, &mut optimizer, workspace)?;
    }
    Ok(hash_bits(network.as_slice()))
}

/// What a run of [`train_kinds`] leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindsBits {
    /// The bits of the last loss.
    pub loss: u32,
    /// The hash of all parameters.
    pub parameters: u32,
    /// The hash of the probabilities of the last sample.
    pub probabilities: u32,
}

/// Trains from the seed on.
///
/// # Errors
///
/// A loss that is not finite.
pub fn train_kinds(
    network: &mut Kinds,
    workspace: &mut KindsWorkspace<Step>,
) -> Result<KindsBits, Error> {
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(KINDS_RATE);
    let mut random = Rng::new(SEED);
    let (mut loss, mut x) = (0.0, [0.0; 6]);
    for _ in 0..STEPS {
        let class = random.below(5);
        x = core::array::from_fn(|_| draw(&mut random));
        loss = network.train_step_with(&x, &class, &mut optimizer, workspace)?;
    }
    let probabilities = network.forward(&x).probability;
    Ok(KindsBits {
        loss: loss.to_bits(),
        parameters: hash_bits(network.as_slice()),
        probabilities: hash_bits(&probabilities),
    })
}

/// FNV-1a over the bits of every value, low byte first.
#[must_use]
pub fn hash_bits(values: &[f32]) -> u32 {
    let bytes = values.iter().flat_map(|value| value.to_bits().to_le_bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
