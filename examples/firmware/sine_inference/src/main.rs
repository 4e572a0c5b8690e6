//! Computes sines with the 1-16-16-1 network that `examples/sine.rs` trains; its weights stand in flash.
//!
//! `cargo run --release --features reproducible --example sine -- --deploy` writes them.
#![no_std]
#![no_main]

use core::f32::consts::{FRAC_PI_2, FRAC_PI_6, PI};
use core::hint::black_box;

use backprop::{Inference, include_weights, network};
use support::console::{write_number, write_thousandths};
use support::counter::Counter;
use support::program;

network! {
    /// An angle from 0 to 2 pi to its sine.
    pub struct Sine {
        input angle: [1];
        output sine = angle -> dense(16) -> relu -> dense(16) -> relu -> dense(1);
        loss mse(sine);
    }
}

/// The network in flash: a static that is never written to.
static SINE: Sine = include_weights!(Sine, "../sine.weights");

/// Angles with their sines, which need no library to be known.
const KNOWN: [(f32, f32); 5] =
    [(0.0, 0.0), (FRAC_PI_6, 0.5), (FRAC_PI_2, 1.0), (PI, 0.0), (3.0 * FRAC_PI_2, -1.0)];
const LARGEST_ERROR: f32 = 0.05;

/// An output is further from the sine than [`LARGEST_ERROR`].
struct Inaccurate;

program!(run, SineWorkspace<Inference> = SineWorkspace::new());

fn run(workspace: &mut SineWorkspace<Inference>) -> Result<(), Inaccurate> {
    let mut counter = Counter::start();
    let mut instructions = 0;
    for (angle, sine) in black_box(&KNOWN) {
        let mut y = 0.0;
        instructions = counter.count(|| [y] = SINE.forward_with(&[*angle], workspace));
        write_thousandths(c"sine.y", y);
        if (y - sine).abs() > LARGEST_ERROR {
            return Err(Inaccurate);
        }
    }
    write_number(c"sine.forward", instructions);
    Ok(())
}
