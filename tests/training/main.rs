//! What training does to a network: batches, epochs, steps, optimisers, errors, initialisation, and memory that
//! can stand in a `static`.

mod averages;
mod batch_norm;
mod batches;
mod dropout;
mod epochs;
mod facts;
mod groups;
mod initialisation;
mod optimisers;
mod refusals;
mod rules;
mod step_parts;
mod steps;
mod weights;

use backprop::parameters::{Bias, Weight, WeightBias};
use backprop::{
    Adam, Error, Inference, Network, Optimize, Optimizer, Parameters, Random, Rng, Rule, Sgd,
    SlotCount, Step, Trainable, Zero, network,
};

/// Networks of 3 inputs and 2 targets, in either precision.
macro_rules! declare {
    ($module:ident, $scalar:ident) => {
        mod $module {
            use backprop::network;

            network! {
                /// Every layer once.
                pub struct Plain {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(5) -> tanh -> dense(4) -> relu -> dense(2);
                    loss mse(y);
                }
            }
            network! {
                /// One layer in three places.
                pub struct Shared {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(3) as mix -> tanh -> mix -> sigmoid -> mix -> dense(2);
                    loss mse(y);
                }
            }
            network! {
                /// Layers that are frozen, in whole or in part.
                pub struct Frozen {
                    dtype $scalar;
                    tile = 4;
                    input x: [3];
                    output y = x -> dense(4, trainable = false) as trunk -> tanh
                        -> dense(3, trainable = bias) as neck -> tanh
                        -> dense(2, trainable = weight) as head;
                    loss 2 * mse(y);
                }
            }
        }
    };
}

declare!(single, f32);
declare!(double, f64);

network! {
    /// Three classes.
    struct Classifier {
        tile = 4;
        input x: [3];
        output class = x -> dense(4) -> relu -> dense(3) as head;
        loss cross_entropy(class);
    }
}

fn draw<T: From<f32>, const N: usize>(random: &mut Rng) -> [T; N] {
    core::array::from_fn(|_| T::from(random.below(2_001) as f32 / 1_000.0 - 1.0))
}

fn draw_many<T: From<f32>, const N: usize>(seed: u64, count: usize) -> Vec<[T; N]> {
    let random = &mut Rng::new(seed);
    (0..count).map(|_| draw(random)).collect()
}

/// The bits, so that 0 and -0 differ and NaN equals itself.
fn list_bits<P: Parameters<Scalar = f32>>(parameters: &P) -> Vec<u32> {
    parameters.as_slice().iter().map(|value| value.to_bits()).collect()
}

fn assert_close(actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len());
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        let error = (actual - expected).abs();
        assert!(error <= tolerance * expected.abs().max(1.0), "{index}: {actual}, not {expected}");
    }
}
