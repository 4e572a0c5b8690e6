//! Random declarations compile, and agree with a slow and obvious interpreter of their graphs.
//!
//! The generated code runs in throw-away programs; gradients are held against central differences of the
//! interpreter, so that no rule of the compiler's is trusted.

#[path = "random_declarations/draw.rs"]
mod draw;
#[path = "random_declarations/expected.rs"]
mod expected;
#[path = "random_declarations/expressions.rs"]
mod expressions;
#[path = "random_declarations/generate.rs"]
mod generate;
#[path = "random_declarations/losses.rs"]
mod losses;
#[path = "random_declarations/program.rs"]
mod program;
#[path = "random_declarations/sequences.rs"]
mod sequences;
#[path = "random_declarations/steps.rs"]
mod steps;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use backprop_compiler::losses::LOSSES;
use backprop_compiler::ops::{LAYERS, Layer};
use backprop_compiler::{Compiled, analyse};
use expected::{choose_seed, compute_expected};
use generate::Generator;
use program::{write_network, write_program};

/// Programs, which cargo builds side by side, unless `RANDOM_PROGRAMS` says how many; and networks in each.
const PROGRAMS: usize = 4;
const NETWORKS: usize = 30;

/// A declaration, what it is found to be, and the seed of its numbers.
struct Network {
    declaration: String,
    compiled: Compiled,
    seed: u64,
}

impl Network {
    /// The network of that index; `None` if its numbers are too wild for central differences.
    fn generate(index: u64) -> Option<Self> {
        let declaration = Generator::generate(index);
        let analysis = analyse(format!("backprop; {declaration}").parse().unwrap());
        let messages: Vec<String> =
            analysis.diagnostics.messages().iter().map(|message| message.text()).collect();
        let compiled = analysis
            .compiled
            .unwrap_or_else(|| panic!("{index}: {declaration}\n{}", messages.join("\n")));
        let seed = choose_seed(&compiled.graph)?;
        Some(Self { declaration, compiled, seed })
    }

    /// Every line that the program printed, against the interpreter.
    fn check(&self, printed: &str) {
        let mut lines = printed.lines();
        for (what, expected) in compute_expected(&self.compiled, self.seed) {
            let (name, numbers) = lines.next().unwrap_or_default().split_once(':').unwrap();
            assert_eq!(name, what, "{}", self.declaration);
            let numbers: Vec<f64> =
                numbers.split_whitespace().map(|word| word.parse().unwrap()).collect();
            assert_eq!(numbers.len(), expected.len(), "{what} of {}", self.declaration);
            for (index, (actual, expected)) in numbers.iter().zip(&expected).enumerate() {
                let close = (actual - expected).abs() <= 1e-6 * expected.abs().max(0.1);
                assert!(
                    close,
                    "{what} {index}: {actual} is not {expected} in\n{}",
                    self.declaration
                );
            }
        }
        assert_eq!(lines.next(), None, "{}", self.declaration);
    }
}

/// Writes a crate with a program for each chunk of networks, and builds it.
fn build(networks: &[Network]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/random-declarations");
    let programs = folder.join("src/bin");
    fs::create_dir_all(&programs).unwrap();
    let manifest = format!(
        "[package]\nname = \"random-declarations\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nbackprop = {{ path = {root:?} }}\n[workspace]\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The versions that this very test was built with: nothing need be downloaded.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (index, networks) in networks.chunks(NETWORKS).enumerate() {
        let modules: Vec<String> = networks
            .iter()
            .enumerate()
            .map(|(module, one)| write_network(module, &one.declaration, &one.compiled, one.seed))
            .collect();
        fs::write(programs.join(format!("program{index}.rs")), write_program(&modules)).unwrap();
    }
    let target = folder.join("target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug")
}

#[test]
fn generated_code_agrees_with_the_interpreter() {
    // A few have numbers too wild for central differences: no more than one in ten.
    let programs = std::env::var("RANDOM_PROGRAMS").map_or(PROGRAMS, |text| text.parse().unwrap());
    let count = programs * NETWORKS;
    let networks: Vec<Network> =
        (0..count as u64 * 10 / 9).filter_map(Network::generate).take(count).collect();
    assert_eq!(networks.len(), count);
    check_variety(&networks);
    let programs = build(&networks);
    for (index, networks) in networks.chunks(NETWORKS).enumerate() {
        let program = programs.join(format!("program{index}"));
        let output = Command::new(program).output().expect("the program was built");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "program {index}:\n{errors}");
        let text = String::from_utf8(output.stdout).unwrap();
        let printed: Vec<&str> = text.split("network\n").skip(1).collect();
        assert_eq!(printed.len(), networks.len());
        for (network, printed) in networks.iter().zip(printed) {
            network.check(printed);
        }
    }
}

/// The generator does reach what it is there for.
fn check_variety(networks: &[Network]) {
    let count = |what: &str, least: usize, holds: &dyn Fn(&Network) -> bool| {
        let found = networks.iter().filter(|network| holds(network)).count();
        println!("{what}: {found}");
        // Of 240 networks, half of what there was when this was written.
        let least = least * networks.len() / 240;
        assert!(found >= least, "{found} networks with {what}");
    };
    count("a loss", 150, &|one| !one.compiled.graph.terms.is_empty());
    count("steps", 30, &|one| one.compiled.memory.stream.is_ok());
    count("no loss", 15, &|one| one.compiled.graph.terms.is_empty());
    count("frozen layers", 50, &|one| one.compiled.graph.has_frozen());
    count("shared weights", 20, &|one| one.compiled.graph.has_shared_layers());
    count("several inputs", 50, &|one| one.compiled.graph.inputs.len() > 1);
    count("several outputs", 50, &|one| one.compiled.graph.outputs.len() > 1);
    count("several terms", 50, &|one| one.compiled.graph.terms.len() > 1);
    for word in [
        "identity",
        "flatten",
        "glu",
        "sample_weight",
        "reshape",
        "concat(",
        " + ",
        " * ",
        " - ",
        " / ",
        "axis = 1",
        "axis = 2",
        "trainable = weight",
        "trainable = bias",
        "bias = false",
        "tile =",
        "target = probabilities",
        "smoothing",
        "r#type",
    ] {
        count(word, 5, &|one| one.declaration.contains(word));
    }
    // The default, which few write.
    count("target = index", 3, &|one| one.declaration.contains("target = index"));
    let others = ["batch_norm", "dropout"];
    let is_drawn = |layer: &&Layer| !layer.examples.is_empty() && !others.contains(&layer.keyword);
    for layer in LAYERS.iter().filter(is_drawn) {
        count(layer.keyword, 5, &|one| {
            one.compiled.graph.nodes.iter().any(|node| node.op.keyword() == layer.keyword)
        });
    }
    for kind in LOSSES.iter().filter(|kind| !kind.examples.is_empty()) {
        count(kind.keyword, 3, &|one| {
            one.compiled.graph.terms.iter().any(|term| term.loss.keyword() == kind.keyword)
        });
    }
    count("two targets of one output", 5, &|one| {
        one.compiled.graph.targets.iter().any(|field| field.name.ends_with("_class"))
    });
    count("an output without a loss among some with one", 20, &|one| {
        let graph = &one.compiled.graph;
        let judged = |output: &backprop_compiler::graph::Output| {
            graph.terms.iter().any(|term| term.value == output.value)
        };
        !graph.terms.is_empty() && !graph.outputs.iter().all(judged)
    });
    count("a value that joins itself", 5, &|one| {
        one.compiled.graph.nodes.iter().any(|node| {
            node.inputs.iter().enumerate().any(|(index, id)| node.inputs[..index].contains(id))
        })
    });
}
