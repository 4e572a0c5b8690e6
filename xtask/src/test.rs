//! `cargo xtask test`: everything that a contributor needs to see pass.

use std::thread;

use crate::emulator::ensure_emulator;
use crate::examples::check_examples;
use crate::firmware::machines::{MACHINES, list_targets};
use crate::packages::ensure_machines;
use crate::process::{cargo, read, run};
use crate::targets::{BARE, check_others, ensure_target};

/// The profile of what is optimised. One set of features, so that one build of the kernels serves all of it.
pub const OPTIMISED: [&str; 4] = ["--profile", "optimised", "--features", "rayon,safetensors"];

/// Runs the tests whose names contain `filter`, or all, and then the examples.
///
/// The tests that build for bare metal find the targets that exist in `BACKPROP_BARE_TARGETS`,
/// separated by commas.
pub fn run_tests(filter: Option<&str>) -> Result<(), String> {
    let targets: Vec<&str> = BARE.into_iter().filter(|target| ensure_target(target)).collect();
    // `tests/firmware.rs` looks for these itself, so that a plain `cargo test` runs it too.
    for target in list_targets() {
        ensure_target(target);
    }
    let mut emulators = MACHINES.map(|machine| machine.emulator).to_vec();
    emulators.dedup();
    for emulator in emulators {
        ensure_emulator(emulator);
    }
    ensure_machines();
    let mut tests = cargo();
    tests
        .args(["test", "--workspace", "--all-features"])
        .args(filter)
        .env("BACKPROP_BARE_TARGETS", targets.join(","));
    if filter.is_some() {
        return run(&mut tests);
    }
    // Many tests wait for a compiler that has one thing to compile: what is left has the other core.
    thread::scope(|scope| {
        let others = scope.spawn(check_what_tests_leave);
        let tested = run(&mut tests);
        let checked = others.join().map_err(|_| "the checks beside the tests panicked")?;
        tested.and(checked)
    })
}

/// What is no test of the workspace, or is one with other options.
fn check_what_tests_leave() -> Result<(), String> {
    test_optimised()?;
    check_others()?;
    check_examples()
}

/// Optimised, small products are inlined and calls are compiled for every instruction set; without
/// `reproducible`, products are fused.
fn test_optimised() -> Result<(), String> {
    // (Not `training`: compiling its many networks optimised takes too long at present.)
    let tests = ["gradients", "textbook", "parallel"].map(|name| ["--test", name]);
    let mut command = cargo();
    command.args(["test", "--quiet"]).args(OPTIMISED).args(tests.as_flattened());
    print!("{}", read(&mut command)?);
    Ok(())
}
