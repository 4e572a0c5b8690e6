//! Counts the instructions of the calls that matter, and trains two networks for the host to compare.
//!
//! Prints lines of a name and a number: `tiny.step 1234`, `tiny.hash 3735928559`.
#![no_std]
#![no_main]

use core::hint::black_box;

use backprop::{Inference, Optimizer, Rng, Sgd, Step};
use cortex_m_rt::entry;
use firmware::console::write_number;
use firmware::counter::Counter;
use semihosting::process::ExitCode;
use workload::{
    SEED, SENSOR_RATE, Sensor, SensorGradient, SensorWorkspace, TINY_RATE, Tiny, TinyGradient,
    TinyWorkspace, draw_sensor_sample, draw_tiny_sample, train_sensor, train_tiny,
};

type TinyOptimizer = Optimizer<Sgd, TinyGradient>;
type SensorOptimizer = Optimizer<Sgd, SensorGradient>;

#[entry]
fn main() -> ! {
    static mut TINY: Tiny = Tiny::ZERO;
    static mut TINY_INFERENCE: TinyWorkspace<Inference> = TinyWorkspace::new();
    static mut TINY_STEP: TinyWorkspace<Step> = TinyWorkspace::new();
    static mut SENSOR: Sensor = Sensor::ZERO;
    static mut SENSOR_INFERENCE: SensorWorkspace<Inference> = SensorWorkspace::new();
    static mut SENSOR_STEP: SensorWorkspace<Step> = SensorWorkspace::new();

    let Some(peripherals) = cortex_m::Peripherals::take() else { ExitCode::FAILURE.exit_process() };
    let counter = Counter::start(peripherals.SYST);
    write_number("counter.check", counter.count(run_thousand));
    let random = &mut Rng::new(SEED);

    TINY.init(random);
    let (x, target) = black_box(draw_tiny_sample(random));
    let optimizer = &mut Optimizer::new(black_box(TINY_RATE));
    let forward = counter.count(|| run_tiny(TINY, &x, TINY_INFERENCE));
    let step = counter.count(|| step_tiny(TINY, &x, &target, optimizer, TINY_STEP));
    write_number("tiny.forward", forward);
    write_number("tiny.step", step);

    SENSOR.init(random);
    let (readings, class) = black_box(draw_sensor_sample(random));
    let optimizer = &mut Optimizer::new(black_box(SENSOR_RATE));
    let forward = counter.count(|| run_sensor(SENSOR, &readings, SENSOR_INFERENCE));
    let step = counter.count(|| step_sensor(SENSOR, &readings, &class, optimizer, SENSOR_STEP));
    write_number("sensor.forward", forward);
    write_number("sensor.step", step);

    let (Ok(tiny), Ok(sensor)) = (train_tiny(TINY, TINY_STEP), train_sensor(SENSOR, SENSOR_STEP))
    else {
        ExitCode::FAILURE.exit_process()
    };
    write_number("tiny.hash", tiny);
    write_number("sensor.hash", sensor);
    ExitCode::SUCCESS.exit_process()
}

/// 1,000 instructions.
#[inline(always)]
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
