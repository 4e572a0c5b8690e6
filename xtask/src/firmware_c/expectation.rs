//! What both sides compute: the parameters and the sample of the image `count`, and the losses that must come
//! out.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use backprop::{Optimizer, Parameters, Rng, Rule};
use workload::{SEED, SENSOR_RATE, Sensor, TINY_RATE, Tiny, draw_sensor_sample, draw_tiny_sample};

use crate::firmware::run::Run;

/// How far a loss may be from the host's, as a part of it: orders of sums and roundings differ.
const TOLERANCE: f32 = 1e-4;

/// Writes parameters, samples and rates as initialisers for C.
pub fn write_header(path: &Path) -> Result<(), String> {
    let mut text = "// Made by `cargo xtask firmware-c`.\n".to_owned();
    let (tiny, (x, [target])) = make_tiny();
    define(&mut text, "TINY", &list_transposed(&tiny, &[(2, 8), (8, 1)]));
    define(&mut text, "TINY_X", &format!("{{{}}}", list(&x)));
    define(&mut text, "TINY_TARGET", &list(&[target]));
    define(&mut text, "TINY_RATE", &list(&[TINY_RATE.rate()]));
    let (sensor, (readings, class)) = make_sensor();
    define(&mut text, "SENSOR", &list_transposed(&sensor, &[(64, 32), (32, 10)]));
    define(&mut text, "SENSOR_X", &format!("{{{}}}", list(&readings)));
    define(&mut text, "SENSOR_TARGET", &class.to_string());
    define(&mut text, "SENSOR_RATE", &list(&[SENSOR_RATE.rate()]));
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Holds the losses that an image printed, and an output of each network, against the host's.
pub fn check_losses(run: &Run) -> Result<(), String> {
    for (name, expected) in compute()? {
        let bits = run.find(name).and_then(|bits| u32::try_from(bits).ok());
        let printed = f32::from_bits(bits.ok_or_else(|| format!("it printed no {name}"))?);
        let is_near = (printed - expected).abs() <= TOLERANCE * expected.abs();
        // Which NaN is not.
        if !is_near {
            return Err(format!("{name} is {printed}, but {expected} on the host"));
        }
    }
    Ok(())
}

fn compute() -> Result<[(&'static str, f32); 6], String> {
    let explain = |error| format!("the host does not train: {error}");
    let (mut tiny, (x, target)) = make_tiny();
    let [output] = tiny.forward(&x);
    let mut optimizer = Optimizer::new(TINY_RATE);
    let mut step = || tiny.train_step(&x, &target, &mut optimizer).map_err(explain);
    let tiny_losses = [step()?, step()?];
    let (mut sensor, (readings, class)) = make_sensor();
    let [logit, ..] = sensor.forward(&readings);
    let mut optimizer = Optimizer::new(SENSOR_RATE);
    let mut step = || sensor.train_step(&readings, &class, &mut optimizer).map_err(explain);
    let sensor_losses = [step()?, step()?];
    Ok([
        ("tiny.output", output),
        ("tiny.loss", tiny_losses[0]),
        ("tiny.next_loss", tiny_losses[1]),
        ("sensor.output", logit),
        ("sensor.loss", sensor_losses[0]),
        ("sensor.next_loss", sensor_losses[1]),
    ])
}

// As `examples/firmware/count` draws them.

fn make_tiny() -> (Tiny, ([f32; 2], [f32; 1])) {
    let (mut network, mut random) = (Tiny::ZERO, Rng::new(SEED));
    network.init(&mut random);
    (network, draw_tiny_sample(&mut random))
}

fn make_sensor() -> (Sensor, ([f32; 64], u32)) {
    let (mut network, mut random) = (Sensor::ZERO, Rng::new(SEED));
    network.init(&mut random);
    (network, draw_sensor_sample(&mut random))
}

fn define(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "#define {name} {value}");
}

/// The parameters of dense layers of these sizes, each weight `[in][out]` as C has it, `[out][in]`.
fn list_transposed(network: &impl Parameters<Scalar = f32>, layers: &[(usize, usize)]) -> String {
    let mut left = network.as_slice();
    let mut values = Vec::new();
    for (inputs, outputs) in layers.iter().copied() {
        let (weight, rest) = left.split_at(inputs * outputs);
        let (bias, rest) = rest.split_at(outputs);
        let columns = (0..outputs).map(|output| weight.iter().skip(output).step_by(outputs));
        let weight: Vec<f32> = columns.flatten().copied().collect();
        values.push(enclose(&weight));
        values.push(enclose(bias));
        left = rest;
    }
    format!("{{{}}}", values.join(", "))
}

/// A matrix needs no braces of its rows; a single scalar must have none.
fn enclose(values: &[f32]) -> String {
    if let [value] = values { list(&[*value]) } else { format!("{{{}}}", list(values)) }
}

/// The shortest decimals that are these very floats.
fn list(values: &[f32]) -> String {
    values.iter().map(|value| format!("{value:?}f")).collect::<Vec<_>>().join(", ")
}
