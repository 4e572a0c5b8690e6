//! A network that trains in a browser: plain functions over buffers in the module's memory. It imports nothing, has
//! no allocator, and cannot panic.
//!
//! | module | what lives there |
//! |---|---|
//! | `network` | what is trained |
//! | `panics` | what happens on a panic, which cannot |
//! | `compared` | training runs that a test holds against other machines |
#![no_std]

#[cfg(feature = "workload")]
mod compared;
mod network;
mod panics;

use backprop::{Optimizer, Parameters, Rng, Sgd};

use crate::network::{RATE, Xor, XorGradient};

/// All that there is, at one address for as long as the module lives.
struct Trainer {
    network: Xor,
    optimizer: Optimizer<Sgd, XorGradient>,
    x: [f32; 2],
    target: [f32; 1],
    y: [f32; 1],
}

static mut TRAINER: Trainer = Trainer {
    network: Xor::ZERO,
    optimizer: Optimizer::new(RATE),
    x: [0.0; 2],
    target: [0.0],
    y: [0.0],
};

fn trainer() -> &'static mut Trainer {
    let trainer = &raw mut TRAINER;
    // SAFETY: the module has one thread, and every exported function asks once and keeps nothing.
    unsafe { &mut *trainer }
}

/// Draws new weights.
#[unsafe(no_mangle)]
pub extern "C" fn init(seed: u32) {
    trainer().network.init(&mut Rng::new(seed.into()));
}

/// Where to write the two inputs.
#[unsafe(no_mangle)]
pub extern "C" fn input() -> *mut f32 {
    trainer().x.as_mut_ptr()
}

/// Where to write what the output should be.
#[unsafe(no_mangle)]
pub extern "C" fn target() -> *mut f32 {
    trainer().target.as_mut_ptr()
}

/// Where to read what [`forward`] computed.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const f32 {
    trainer().y.as_ptr()
}

/// Where the weights and biases stand: to save, or to load.
#[unsafe(no_mangle)]
pub extern "C" fn parameters() -> *mut f32 {
    trainer().network.as_mut_slice().as_mut_ptr()
}

/// How many they are.
#[unsafe(no_mangle)]
pub extern "C" fn count_parameters() -> usize {
    Xor::PARAMETERS
}

/// Computes the output of the input.
#[unsafe(no_mangle)]
pub extern "C" fn forward() {
    let Trainer { network, x, y, .. } = trainer();
    *y = network.forward(x);
}

/// Takes a step towards the target; returns the loss before it, or NaN where it is not finite.
#[unsafe(no_mangle)]
pub extern "C" fn step() -> f32 {
    let Trainer { network, optimizer, x, target, .. } = trainer();
    network.train_step(x, target, optimizer).unwrap_or(f32::NAN)
}
