//! To PyTorch and back: weights that were trained there compute the same here, are trained on here, and are read there.
//!
//!     cargo run --release --features safetensors --example pytorch_roundtrip
//!
//! The network tells points on a ring from others; here the ring has moved. The weights are those beside this file. Where
//! `BACKPROP_PYTHON` names a Python with torch and safetensors, `roundtrip.py` trains others first, and reads what was
//! written in the end.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use ::safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use backprop::{Adam, Optimizer, Random, Rng, network, safetensors};

network! {
    /// Whether a point lies on a ring: `Ring` of roundtrip.py, whose layers are `encoder.0`, `encoder.2` and `head`.
    pub struct Ring {
        input point: [2];
        let hidden = point -> dense(16) as wide "encoder.0" -> tanh -> dense(16) as deep "encoder.2" -> tanh;
        output on_ring = hidden -> dense(2) as head;
        loss cross_entropy(on_ring);
    }
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pytorch_roundtrip");

type Points = Vec<[f32; 2]>;

fn main() -> Result<(), Box<dyn Error>> {
    let python = env::var_os("BACKPROP_PYTHON");
    let output = env::temp_dir().join("backprop-roundtrip");
    fs::create_dir_all(&output)?;
    let run = |task: &str| -> Result<(), Box<dyn Error>> {
        let Some(python) = &python else { return Ok(()) };
        let script = Path::new(FOLDER).join("roundtrip.py");
        let status = Command::new(python).arg(script).arg(task).arg(&output).status()?;
        if status.success() { Ok(()) } else { Err(format!("`roundtrip.py {task}` failed").into()) }
    };
    run("train")?;
    let source = if python.is_some() { output.clone() } else { PathBuf::from(FOLDER) };

    let mut network = Ring::ZERO;
    safetensors::load(source.join("ring.safetensors"), &mut network)?;
    let (points, expected) = read_samples(&source.join("ring.samples"))?;
    let computed: Points = points.iter().map(|point| network.forward(point)).collect();
    let error = find_error(&computed, &expected);
    println!("the outputs of PyTorch's network within {error:.1e}");
    if error > 1e-6 {
        return Err("PyTorch computes something else".into());
    }

    let before = measure(&network)?;
    tune(&mut network)?;
    let after = measure(&network)?;
    println!("on the ring that has moved: accuracy {before:.1}% before tuning, {after:.1}% after");
    if after < 95.0 {
        return Err("tuning did not succeed".into());
    }

    safetensors::save(output.join("tuned.safetensors"), &network)?;
    let computed: Points = points.iter().map(|point| network.forward(point)).collect();
    write_samples(&output.join("tuned.samples"), &points, &computed)?;
    run("check")
}

/// Points of a square, and whether each lies on the ring that has moved.
fn draw_points(count: usize, random: &mut Rng) -> (Points, Vec<u32>) {
    let mut draw = || random.below(2001) as f32 / 1000.0 - 1.0;
    let points: Points = (0..count).map(|_| [draw(), draw()]).collect();
    let is_on_ring = |[x, y]: &[f32; 2]| (0.4..0.8).contains(&(x - 0.3).hypot(y - 0.2));
    let classes = points.iter().map(|point| u32::from(is_on_ring(point))).collect();
    (points, classes)
}

/// Trains all layers on.
fn tune(network: &mut Ring) -> Result<(), backprop::Error> {
    let (mut random, mut optimizer) = (Rng::new(1), Optimizer::new(Adam::new(0.01)));
    for _ in 0..600 {
        let (points, classes) = draw_points(128, &mut random);
        network.train_batch(&points, &classes, &mut optimizer)?;
    }
    Ok(())
}

/// The share of 2000 points that are told right, in percent.
fn measure(network: &Ring) -> Result<f32, backprop::Error> {
    let (points, classes) = draw_points(2000, &mut Rng::new(2));
    Ok(100.0 * network.accuracy(&points, &classes)?)
}

/// The largest difference, in parts of the largest output: a logit near zero is a difference of large numbers.
fn find_error(computed: &Points, expected: &Points) -> f32 {
    let (computed, expected) = (computed.as_flattened(), expected.as_flattened());
    let largest = expected.iter().fold(0.0, |largest: f32, value| largest.max(value.abs()));
    let pairs = computed.iter().zip(expected);
    pairs.map(|(one, other)| (one - other).abs() / largest).fold(0.0, f32::max)
}

/// Inputs and outputs: two tensors of two columns.
fn read_samples(path: &Path) -> Result<(Points, Points), Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let file = SafeTensors::deserialize(&bytes)?;
    let read = |name: &str| -> Result<Points, Box<dyn Error>> {
        let (values, _) = file.tensor(name)?.data().as_chunks();
        let values: Vec<f32> = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Ok(values.as_chunks().0.to_vec())
    };
    Ok((read("x")?, read("y")?))
}

fn write_samples(path: &Path, x: &Points, y: &Points) -> Result<(), Box<dyn Error>> {
    let to_bytes = |rows: &Points| -> Vec<u8> {
        rows.as_flattened().iter().flat_map(|value| value.to_le_bytes()).collect()
    };
    let (x_bytes, y_bytes) = (to_bytes(x), to_bytes(y));
    let tensors = [
        ("x", TensorView::new(Dtype::F32, vec![x.len(), 2], &x_bytes)?),
        ("y", TensorView::new(Dtype::F32, vec![y.len(), 2], &y_bytes)?),
    ];
    Ok(fs::write(path, serialize(tensors, None)?)?)
}
