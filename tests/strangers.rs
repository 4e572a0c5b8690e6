//! Crates of strangers pass `cargo clippy` with every pedantic lint as an error: with the dependency
//! renamed, behind another crate's macro, and with strict lints of their own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use backprop_compiler::init::INITIALISERS;
use backprop_compiler::losses::LOSSES;
use backprop_compiler::ops::{LAYERS, Layer};

fn run_clippy(package: &str, flags: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lints = ["-D", "warnings", "-D", "clippy::pedantic"];
    Command::new(env!("CARGO"))
        .args(["clippy", "--quiet", "--color=never", "--package", package])
        .args(flags)
        .arg("--")
        .args(lints)
        .current_dir(root.join("tests/fixtures"))
        .env("CARGO_TARGET_DIR", root.join("target/strangers"))
        .output()
        .expect("cargo runs")
}

/// A network for each way to write a layer, a loss or an initialiser.
fn write_catalogue(dtype: &str) -> String {
    let layers = LAYERS.iter().flat_map(Layer::list_chains).map(|chain| {
        format!("output y = x -> {chain}; output z = y -> flatten -> dense(2); loss mse(z);")
    });
    let losses = LOSSES.iter().flat_map(|kind| kind.examples).map(|loss| {
        let call = loss.trim_end_matches(')');
        // Of a user's own activation it is not known what it is: every loss takes it.
        let output = "output y = x -> dense(4) -> custom(crate::Square);";
        format!("{output} loss {loss} + 0.5 * {call}, sample_weight = true);")
    });
    let inits = INITIALISERS.iter().flat_map(|init| init.examples).map(|init| {
        let bias = if init.starts_with("orthogonal") { "zeros" } else { init };
        format!("output y = x -> dense(4, init = {init}, bias_init = {bias}); loss mse(y);")
    });
    let custom = "output y = x -> dense(4) -> custom(crate::Square); loss custom(Bias)(y);";
    let moves = "block stage = dense(4) -> tanh; let (a, b) = x -> stage -> stage -> split;
         output y = a - b / (a -> sigmoid) * b; loss mse(y);";
    let words = "output y = x -> embedding(2, vocabulary = 9) -> flatten -> dense(2); loss mse(y);";
    let others = [custom, moves, words].map(str::to_owned);
    let bodies = layers.chain(losses).chain(inits).chain(others);
    bodies.enumerate().fold(String::new(), |mut text, (index, body)| {
        let head = format!("/// Number {index}.\n    pub struct Net{index}{dtype}");
        let _ = writeln!(
            text,
            "backprop::network! {{\n    {head} {{ dtype {dtype}; tile = 4; input x: [4]; {body} }}\n}}"
        );
        text
    })
}

fn assert_passes(package: &str) {
    let output = run_clippy(package, &[]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{package} does not pass:\n{errors}");
}

#[test]
fn the_dependency_may_have_another_name() {
    assert_passes("renamed");
}

#[test]
fn a_crate_may_wrap_the_macro() {
    assert_passes("reexport");
    assert_passes("reexport_user");
}

#[test]
fn strict_lints_are_kept() {
    assert_passes("strict");
}

#[test]
fn the_whole_catalogue_is_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/strangers");
    fs::create_dir_all(&folder).unwrap();
    let networks = write_catalogue("f32") + &write_catalogue("f64");
    fs::write(folder.join("catalogue.rs"), networks).unwrap();
    assert_passes("catalogue");
}

/// The lints are on: the same crate with something to complain about does not pass.
#[test]
fn a_lint_would_be_found() {
    let output = run_clippy("renamed", &["--features", "careless"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "clippy found nothing");
    assert!(errors.contains("must_use_candidate"), "{errors}");
}
