//! Random declarations compile, and agree with a slow and obvious interpreter of their graphs.
//!
//! The generated code runs in throw-away crates; gradients are held against central differences of the
//! interpreter's loss, so that no rule of the compiler is trusted.

#[path = "random_declarations/generate.rs"]
mod generate;
#[path = "random_declarations/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use backprop_compiler::graph::Graph;
use backprop_compiler::interpret::{self, Sample};
use backprop_compiler::{Compiled, analyse};
use generate::Generator;
use program::{BATCHES, PER_BATCH, SAMPLES, draw, draw_sample, write_program};

/// What one network printed: a line each of the program's `print`.
struct Printed {
    lines: Vec<Vec<f64>>,
}

fn compile(declaration: &str) -> Compiled {
    let analysis = analyse(format!("backprop; {declaration}").parse().unwrap());
    let messages: Vec<String> =
        analysis.diagnostics.messages().iter().map(|message| message.text()).collect();
    analysis.compiled.unwrap_or_else(|| panic!("{declaration}\n{}", messages.join("\n")))
}

/// The seed of samples that keep away from the kink of every ReLU.
fn choose_seed(graph: &Graph) -> u64 {
    (0..1000)
        .find(|seed| {
            (0..SAMPLES).all(|index| {
                let sample = draw_sample(graph, *seed, index);
                let values = interpret::compute_values(graph, &sample);
                let relus = graph.nodes.iter().filter(|node| node.op.keyword() == "relu");
                // An exact 0 is a unit that is off already: nothing moves it.
                relus
                    .flat_map(|node| &values[node.inputs[0].0])
                    .all(|x| x.abs() > 5e-3 || *x == 0.0)
            })
        })
        .expect("some samples keep away from the kinks")
}

fn run_batch(batch: usize, programs: &[String]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join(format!("target/random-declarations/batch{batch}"));
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"batch{batch}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nbackprop = {{ path = {root:?} }}\n[workspace]\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), write_program(programs)).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root.join("target/random-declarations/target"))
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "batch {batch}:\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn assert_close(what: &str, declaration: &str, actual: &[f64], expected: &[f64]) {
    assert_eq!(actual.len(), expected.len(), "{what} of {declaration}");
    for (index, (actual, expected)) in actual.iter().zip(expected).enumerate() {
        let error = (actual - expected).abs() / expected.abs().max(1e-2);
        assert!(error <= 1e-6, "{what} {index}: {actual} is not {expected} in\n{declaration}");
    }
}

/// dJ/dw of the trainable parameters for one sample, and the mean over all.
fn check_network(declaration: &str, compiled: &Compiled, seed: u64, printed: &Printed) {
    let graph = &compiled.graph;
    let samples: Vec<Sample> = (0..SAMPLES).map(|index| draw_sample(graph, seed, index)).collect();
    let gradients: Vec<Vec<f64>> =
        samples.iter().map(|sample| interpret::compute_gradient(graph, sample)).collect();
    let mut lines = printed.lines.iter();
    let mut next = || lines.next().expect("the program printed enough").as_slice();
    let outputs = interpret::compute_outputs(graph, &samples[0]).concat();
    assert_close("output", declaration, next(), &outputs);
    assert_close("loss", declaration, next(), &[interpret::compute_loss(graph, &samples[0])]);
    assert_close("gradient", declaration, next(), &gradients[0]);
    assert_close("step in place", declaration, next(), &gradients[0]);
    let mean = |index: usize| {
        gradients.iter().map(|gradient| gradient[index]).sum::<f64>() / SAMPLES as f64
    };
    let means: Vec<f64> = (0..gradients[0].len()).map(mean).collect();
    assert_close("batch", declaration, next(), &means);
    let losses = samples.iter().map(|sample| interpret::compute_loss(graph, sample));
    let loss = losses.sum::<f64>() / SAMPLES as f64;
    assert_close("mean loss", declaration, next(), &[loss]);
    let bytes = &compiled.memory;
    let expected = [
        bytes.parameter_bytes,
        bytes.inference_bytes,
        bytes.step_bytes,
        bytes.batch_bytes,
        bytes.tile,
    ];
    assert_close("constant", declaration, next(), &expected.map(|bytes| bytes as f64));
}

#[test]
fn generated_code_agrees_with_the_interpreter() {
    // The numbers on both sides come from one formula.
    assert!((draw(1, 2) - draw(1, 2)).abs() == 0.0 && draw(1, 2) != draw(1, 3));
    let mut features = [0_usize; 6];
    for batch in 0..BATCHES {
        let networks: Vec<(String, Compiled, u64)> = (0..PER_BATCH)
            .map(|index| {
                let declaration = Generator::generate((batch * PER_BATCH + index) as u64);
                let compiled = compile(&declaration);
                let seed = choose_seed(&compiled.graph);
                (declaration, compiled, seed)
            })
            .collect();
        let programs: Vec<String> = networks
            .iter()
            .map(|(declaration, compiled, seed)| {
                program::write_network(declaration, &compiled.graph, *seed)
            })
            .collect();
        let text = run_batch(batch, &programs);
        let mut printed = text.split("network\n").skip(1).map(|part| Printed {
            lines: part
                .lines()
                .map(|line| line.split_whitespace().map(|word| word.parse().unwrap()).collect())
                .collect(),
        });
        for (declaration, compiled, seed) in &networks {
            let printed = printed.next().expect("every network printed");
            check_network(declaration, compiled, *seed, &printed);
            let graph = &compiled.graph;
            features[0] += usize::from(graph.has_frozen());
            features[1] += usize::from(graph.has_shared_layers());
            features[2] += usize::from(graph.inputs.len() > 1);
            features[3] += usize::from(graph.outputs.len() > 1);
            features[4] += usize::from(graph.targets.len() > 1);
            features[5] += usize::from(graph.nodes.iter().any(|node| node.inputs.len() > 1));
        }
    }
    // The generator does reach what it is there for.
    assert!(features.iter().all(|count| *count >= 20), "{features:?}");
}
