//! Building all images for a target.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the compiler optimises for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The `opt-level`.
    pub name: &'static str,
    /// The profile of `examples/firmware/Cargo.toml` that has it.
    profile: &'static str,
}

/// For speed, and for size.
pub const LEVELS: [Level; 2] =
    [Level { name: "3", profile: "release" }, Level { name: "s", profile: "small" }];

/// Builds all images; returns the folder that holds them under their names.
pub fn build(root: &Path, target: &str, level: Level) -> Result<PathBuf, String> {
    let output = run_cargo(root, target, level, &[])?;
    if output.status.success() {
        Ok(root.join("target/firmware").join(target).join(level.profile))
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("the images do not build for {target} at opt-level {}\n{said}", level.name))
    }
}

/// Runs `cargo build` with more arguments, and leaves it to the caller what its outcome means.
pub fn run_cargo(
    root: &Path,
    target: &str,
    level: Level,
    arguments: &[&str],
) -> Result<Output, String> {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--profile", level.profile, "--target", target])
        .args(arguments)
        .current_dir(root.join("examples/firmware"))
        .env("CARGO_TARGET_DIR", root.join("target/firmware"))
        // The host's flags are not theirs.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))
}
