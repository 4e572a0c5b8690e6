//! Computes sines with the 1-16-16-1 network that `examples/sine.rs` trains; its weights stand in flash.
#![no_std]
#![no_main]

mod weights;

use core::f32::consts::{FRAC_PI_2, FRAC_PI_6, PI};
use core::hint::black_box;

use backprop::{Inference, network};
use support::console::{write_number, write_thousandths};
use support::counter::Counter;
use support::program;
use weights::{DENSE1_BIAS, DENSE1_WEIGHT, DENSE2_BIAS, DENSE2_WEIGHT, DENSE3_BIAS, DENSE3_WEIGHT};

network! {
    /// An angle from 0 to 2 pi to its sine.
    pub struct Sine {
        input angle: [1];
        output sine = angle -> dense(16) -> relu -> dense(16) -> relu -> dense(1);
        loss mse(sine);
    }
}

/// The network in flash: a static that is never written to.
static SINE: Sine = {
    let mut sine = Sine::ZERO;
    sine.dense1.weight = DENSE1_WEIGHT;
    sine.dense1.bias = DENSE1_BIAS;
    sine.dense2.weight = DENSE2_WEIGHT;
    sine.dense2.bias = DENSE2_BIAS;
    sine.dense3.weight = DENSE3_WEIGHT;
    sine.dense3.bias = DENSE3_BIAS;
    sine
};

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
