//! Files that PyTorch writes are read here, and the other way round, for every layer with parameters.
//!
//! The files in `tests/safetensors` are PyTorch's: `python tests/safetensors/models.py write tests/safetensors` makes them.
//! A Python with torch and safetensors, that of `BACKPROP_PYTHON` or else `python3`, reads what is written here.

#[path = "safetensors/damage.rs"]
mod damage;
#[path = "safetensors/models.rs"]
mod models;
#[path = "safetensors/transfer.rs"]
mod transfer;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use backprop_compiler::ops::LAYERS;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

/// PyTorch's files.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/safetensors");

/// Inputs and outputs of a network, one behind the other.
struct Samples {
    x: Vec<f64>,
    y: Vec<f64>,
}

fn read_samples(path: &Path) -> Samples {
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let read = |name: &str| {
        let tensor = file.tensor(name).unwrap();
        match tensor.dtype() {
            Dtype::F32 => {
                let (chunks, _) = tensor.data().as_chunks();
                chunks.iter().map(|chunk| f64::from(f32::from_le_bytes(*chunk))).collect()
            }
            _ => {
                let (chunks, _) = tensor.data().as_chunks();
                chunks.iter().map(|chunk| f64::from_le_bytes(*chunk)).collect()
            }
        }
    };
    Samples { x: read("x"), y: read("y") }
}

/// `x` as it was read, `y` as it was computed.
fn write_samples<T: Copy + Into<f64>, const N: usize>(path: &Path, x: &[[f64; N]], y: &[T]) {
    let is_double = size_of::<T>() == 8;
    let to_bytes = |values: &mut dyn Iterator<Item = f64>| -> Vec<u8> {
        let to_bytes = |value: f64| match is_double {
            true => value.to_le_bytes().to_vec(),
            false => (value as f32).to_le_bytes().to_vec(),
        };
        values.flat_map(to_bytes).collect()
    };
    let dtype = if is_double { Dtype::F64 } else { Dtype::F32 };
    let (x_bytes, y_bytes) = (
        to_bytes(&mut x.as_flattened().iter().copied()),
        to_bytes(&mut y.iter().map(|value| (*value).into())),
    );
    let views = [
        ("x", TensorView::new(dtype, vec![x.len(), N], &x_bytes).unwrap()),
        ("y", TensorView::new(dtype, vec![x.len(), y.len() / x.len()], &y_bytes).unwrap()),
    ];
    std::fs::write(path, safetensors::serialize(views, None).unwrap()).unwrap();
}

fn check_close(name: &str, computed: &[f64], expected: &[f64]) {
    assert_eq!(computed.len(), expected.len(), "{name}");
    for (one, other) in computed.iter().zip(expected) {
        assert!((one - other).abs() <= 1e-6 * other.abs().max(1.0), "{name}: {one} for {other}");
    }
}

#[test]
fn files_of_pytorch_are_read() {
    models::compare_outputs(Path::new(FOLDER));
}

/// One that is named is taken as it is: if it lacks something, that is told by the test that fails.
fn find_python() -> Option<OsString> {
    if let Some(named) = std::env::var_os("BACKPROP_PYTHON") {
        return Some(named);
    }
    let output = Command::new("python3").args(["-c", "import torch, safetensors"]).output();
    output.is_ok_and(|output| output.status.success()).then(|| "python3".into())
}

#[test]
fn pytorch_reads_ours() {
    let Some(python) = find_python() else {
        // Past the capture of output: whoever runs the tests is to know.
        let message = "SKIPPED pytorch_reads_ours: python3 has no torch and safetensors, and BACKPROP_PYTHON names none that has";
        let _ = writeln!(std::io::stderr(), "{message}");
        return;
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("safetensors");
    std::fs::create_dir_all(&folder).unwrap();
    models::write_all(&folder);
    let script = Path::new(FOLDER).join("models.py");
    let output = Command::new(python).arg(script).arg("check").arg(&folder).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let names: Vec<&str> = models::MODELS.iter().map(|(name, _)| *name).collect();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), names);
}

#[test]
fn every_bit_is_read_back() {
    models::check_every_bit();
}

#[test]
fn every_layer_with_parameters_is_compared() {
    let calls = |text: &str, keyword: &str| {
        let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.any(|word| word == keyword)
    };
    for layer in LAYERS.iter().filter(|layer| layer.docs.contains("`trainable")) {
        let keyword = layer.keyword;
        assert!(models::MODELS.iter().any(|(_, text)| calls(text, keyword)), "{keyword}");
    }
}
