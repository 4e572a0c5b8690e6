//! `cargo xtask test`: everything that a contributor needs to see pass.

use crate::emulator::ensure_emulator;
use crate::examples::check_examples;
use crate::image;
use crate::process::{cargo, run};
use crate::targets::{BARE, check_others, ensure_target};

/// Runs the tests whose names contain `filter`, or all, and then the examples.
///
/// The tests that build for bare metal find the targets that exist in `BACKPROP_BARE_TARGETS`,
/// separated by commas.
pub fn run_tests(filter: Option<&str>) -> Result<(), String> {
    let targets: Vec<&str> = BARE.into_iter().filter(|target| ensure_target(target)).collect();
    // `tests/firmware.rs` looks for these itself, so that a plain `cargo test` runs it too.
    ensure_target(image::TARGET);
    ensure_emulator();
    run(cargo()
        .args(["test", "--workspace", "--all-features"])
        .args(filter)
        .env("BACKPROP_BARE_TARGETS", targets.join(",")))?;
    if filter.is_some() {
        return Ok(());
    }
    // Optimised, small products are inlined and calls are compiled for every instruction set; without
    // `reproducible`, products are fused.
    // (Not `training`: compiling its many networks optimised takes too long at present.)
    let tests = ["gradients", "textbook", "parallel"].map(|name| ["--test", name]);
    run(cargo().args(["test", "--release", "--features", "rayon"]).args(tests.as_flattened()))?;
    check_others()?;
    check_examples()
}
