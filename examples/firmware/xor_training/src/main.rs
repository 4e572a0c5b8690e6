//! Trains 2-8-1 on exclusive or, on the device, from a seed until it has learnt it.
#![no_std]
#![no_main]

use backprop::{Error, Optimizer, Rng, Sgd, Step, network};
use support::console::write_number;
use support::program;

network! {
    /// Exclusive or.
    pub struct Xor {
        input x: [2];
        output y = x -> dense(8) -> tanh -> dense(1) -> sigmoid;
        loss mse(y);
    }
}

const SAMPLES: [([f32; 2], [f32; 1]); 4] =
    [([0.0, 0.0], [0.0]), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0]), ([1.0, 1.0], [0.0])];
const SEED: u64 = 1;
const RATE: Sgd = Sgd::new(0.2);
/// Training ends when the sum of the losses of all samples is below this.
const ENOUGH: f32 = 0.01;
/// More rounds than it takes.
const ROUNDS: u32 = 2_000;

/// All static memory of the image.
struct Memory {
    network: Xor,
    workspace: XorWorkspace<Step>,
}

program!(run, Memory = Memory { network: Xor::ZERO, workspace: XorWorkspace::new() });

fn run(memory: &mut Memory) -> Result<(), Error> {
    let Memory { network, workspace } = memory;
    network.init(&mut Rng::new(SEED));
    let mut optimizer = Optimizer::new(RATE);
    let (mut steps, mut loss) = (0, f32::MAX);
    while loss >= ENOUGH && steps < 4 * ROUNDS {
        loss = 0.0;
        for (x, target) in &SAMPLES {
            loss += network.train_step_with(x, target, &mut optimizer, workspace)?;
            steps += 1;
        }
    }
    write_number(c"xor.steps", steps);
    write_number(c"xor.loss", loss.to_bits());
    for (x, _) in &SAMPLES {
        let [y] = network.forward_with(x, workspace);
        write_number(c"xor.thousandths", (1_000.0 * y) as u32);
    }
    Ok(())
}
