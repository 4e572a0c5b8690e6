//! Counts the instructions of the calls that matter, and trains networks for the host to compare.
//!
//! Prints lines of a name and a number: `tiny.step 1234`, `tiny.hash 3735928559`.
#![no_std]
#![no_main]

use core::hint::black_box;

use backprop::{Error, Inference, Optimizer, Rng, Sgd, Step};
use support::console::write_number;
use support::counter::Counter;
use support::program;
use workload::{
    Kinds, KindsWorkspace, SEED, SENSOR_RATE, Sensor, SensorGradient, SensorWorkspace, TINY_RATE,
    Tiny, TinyGradient, TinyWorkspace, draw_sensor_sample, draw_tiny_sample, train_kinds,
    train_sensor, train_tiny,
};

type TinyOptimizer = Optimizer<Sgd, TinyGradient>;
type SensorOptimizer = Optimizer<Sgd, SensorGradient>;

/// All static memory of the image.
struct Memory {
    tiny: Tiny,
    tiny_inference: TinyWorkspace<Inference>,
    tiny_step: TinyWorkspace<Step>,
    sensor: Sensor,
    sensor_inference: SensorWorkspace<Inference>,
    sensor_step: SensorWorkspace<Step>,
    kinds: Kinds,
    kinds_step: KindsWorkspace<Step>,
}

program!(
    run,
    Memory = Memory {
        tiny: Tiny::ZERO,
        tiny_inference: TinyWorkspace::new(),
        tiny_step: TinyWorkspace::new(),
        sensor: Sensor::ZERO,
        sensor_inference: SensorWorkspace::new(),
        sensor_step: SensorWorkspace::new(),
        kinds: Kinds::ZERO,
        kinds_step: KindsWorkspace::new(),
    }
);

fn run(memory: &mut Memory) -> Result<(), Error> {
    #[cfg(feature = "panics")]
    assert!(black_box(true));
    let mut counter = Counter::start();
    write_number(c"counter.check", counter.count(run_thousand));
    count_tiny(memory, &mut counter);
    count_sensor(memory, &mut counter);

    write_number(c"tiny.hash", train_tiny(&mut memory.tiny, &mut memory.tiny_step)?);
    write_number(c"sensor.hash", train_sensor(&mut memory.sensor, &mut memory.sensor_step)?);
    let kinds = train_kinds(&mut memory.kinds, &mut memory.kinds_step)?;
    write_number(c"kinds.loss", kinds.loss);
    write_number(c"kinds.hash", kinds.parameters);
    write_number(c"kinds.probabilities", kinds.probabilities);
    Ok(())
}

fn count_tiny(memory: &mut Memory, counter: &mut Counter) {
    let Memory { tiny, tiny_inference, tiny_step, .. } = memory;
    let random = &mut Rng::new(SEED);
    tiny.init(random);
    let (x, target) = black_box(draw_tiny_sample(random));
    let optimizer = &mut Optimizer::new(black_box(TINY_RATE));
    let forward = counter.count(|| run_tiny(tiny, &x, tiny_inference));
    let step = counter.count(|| step_tiny(tiny, &x, &target, optimizer, tiny_step));
    write_number(c"tiny.forward", forward);
    write_number(c"tiny.step", step);
}

fn count_sensor(memory: &mut Memory, counter: &mut Counter) {
    let Memory { sensor, sensor_inference, sensor_step, .. } = memory;
    let random = &mut Rng::new(SEED);
    sensor.init(random);
    let (readings, class) = black_box(draw_sensor_sample(random));
    let optimizer = &mut Optimizer::new(black_box(SENSOR_RATE));
    let forward = counter.count(|| run_sensor(sensor, &readings, sensor_inference));
    let step = counter.count(|| step_sensor(sensor, &readings, &class, optimizer, sensor_step));
    write_number(c"sensor.forward", forward);
    write_number(c"sensor.step", step);
}

/// 1,000 instructions and the return; apart, since no constant is within a Cortex-M0's reach across them.
#[inline(never)]
fn run_thousand() {
    // SAFETY: it does nothing.
    unsafe { core::arch::asm!(".rept 1000", "nop", ".endr", options(nomem, nostack)) }
}

// The calls as a program makes them, one function each, so that nothing of them is computed before the
// first reading or left out. Their results are looked at inside.

#[inline(never)]
fn run_tiny(network: &Tiny, x: &[f32; 2], workspace: &mut TinyWorkspace<Inference>) {
    black_box(network.forward_with(x, workspace));
}

#[inline(never)]
fn run_sensor(network: &Sensor, readings: &[f32; 64], workspace: &mut SensorWorkspace<Inference>) {
    black_box(network.forward_with(readings, workspace));
}

#[inline(never)]
fn step_tiny(
    network: &mut Tiny,
    x: &[f32; 2],
    target: &[f32; 1],
    optimizer: &mut TinyOptimizer,
    workspace: &mut TinyWorkspace<Step>,
) {
    let _ = black_box(network.train_step_with(x, target, optimizer, workspace));
}

#[inline(never)]
fn step_sensor(
    network: &mut Sensor,
    readings: &[f32; 64],
    class: &u32,
    optimizer: &mut SensorOptimizer,
    workspace: &mut SensorWorkspace<Step>,
) {
    let _ = black_box(network.train_step_with(readings, class, optimizer, workspace));
}
