//! Crates of strangers pass `cargo clippy` with every pedantic lint as an error: with the dependency
//! renamed, behind another crate's macro, and with strict lints of their own.

use std::path::Path;
use std::process::{Command, Output};

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

/// The lints are on: the same crate with something to complain about does not pass.
#[test]
fn a_lint_would_be_found() {
    let output = run_clippy("renamed", &["--features", "careless"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "clippy found nothing");
    assert!(errors.contains("must_use_candidate"), "{errors}");
}
