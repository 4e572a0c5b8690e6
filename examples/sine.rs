//! Learns the sine from 0 to 2 pi with the 1-16-16-1 network of the TinyML "hello world" (P. Warden
//! and D. Situnayake, TinyML, O'Reilly 2019, chapter 4), here from values without noise.
//!
//!     cargo run --release --example sine [-- --seed N | --deploy]
//!
//! `--deploy` ends with what was learnt as a checkpoint, the weights of `examples/firmware/sine_inference`; theirs are
//! those of `--features reproducible`.

mod support;

use std::f32::consts::TAU;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{Adam, Optimizer, Rng, network};
use support::{Arguments, Progress};

network! {
    /// An angle from 0 to 2 pi to its sine.
    pub struct Sine {
        input angle: [1];
        output sine = angle -> dense(16) -> relu -> dense(16) -> relu -> dense(1);
        loss mse(sine);
    }
}

const SAMPLES: u16 = 1000;
const EPOCHS: u64 = 300;
const BATCH: usize = 32;
const RATE: f32 = 0.01;
const LARGEST_ERROR: f32 = 0.05;

fn main() -> ExitCode {
    support::run(|| {
        let Arguments { seed, deploy, .. } = Arguments::read(&["seed", "deploy"])?;
        let angle = |sample| [TAU * f32::from(sample) / f32::from(SAMPLES - 1)];
        let angles: Vec<[f32; 1]> = (0..SAMPLES).map(angle).collect();
        let sines: Vec<[f32; 1]> = angles.iter().map(|[angle]| [angle.sin()]).collect();

        let mut random = Rng::new(seed);
        let mut order: Vec<usize> = (0..angles.len()).collect();
        let mut net = Sine::new(seed);
        spread_kinks(&mut net);
        let mut optimizer = Optimizer::new(Adam::new(RATE));
        let progress = Progress::start(EPOCHS);
        for epoch in 0..EPOCHS {
            // Towards the end the steps must be small, or the last one decides the error.
            optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
            let mut sum = 0.0;
            for batch in shuffle_batches(&mut order, BATCH, &mut random) {
                let loss = net.train_batch_indexed(&angles, &sines, batch, &mut optimizer)?;
                sum += loss * batch.len() as f32;
            }
            progress.show_epoch(sum / order.len() as f32);
        }
        progress.finish();
        if deploy {
            let mut weights = [0; Sine::CHECKPOINT_BYTES];
            net.write_checkpoint(&mut weights);
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("firmware/sine_inference");
            fs::write(folder.join("sine.weights"), weights)?;
        }

        println!("\n  x     sine  network    error");
        let mut largest = 0.0_f32;
        for x in [0.0, 1.0, 3.0, 5.0_f32] {
            let [y] = net.forward(&[x]);
            let error = (y - x.sin()).abs();
            println!("{x:>3} {:>8.4} {y:>8.4} {error:>8.4}", x.sin());
            largest = largest.max(error);
        }
        if largest <= LARGEST_ERROR {
            println!("\nlargest error {largest:.4} at x = 0, 1, 3, 5 (at most {LARGEST_ERROR})");
            Ok(())
        } else {
            Err(format!("largest error {largest:.4} at x = 0, 1, 3, 5 exceeds {LARGEST_ERROR}")
                .into())
        }
    })
}

/// Places the kinks of the first layer's neurons along the range: with one input and biases of zero
/// they would all start at angle 0, and training takes long to pull them apart.
fn spread_kinks(net: &mut Sine) {
    let layer = &mut net.dense1;
    let [weight] = &layer.weight;
    let count = layer.bias.len() as f32;
    for (neuron, (bias, weight)) in layer.bias.iter_mut().zip(weight).enumerate() {
        *bias = -weight * TAU * neuron as f32 / count;
    }
}
