//! Building contestants with cargo.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use contest::ceilings::{FMA, FMA_AVX2};

use crate::process::{cargo, read, root};
use crate::program::build_program;

const LINES_OF_ERRORS: usize = 12;

/// One build of our program.
pub struct Build {
    pub label: &'static str,
    /// The rate of multiply-adds that it is held against.
    pub ceiling: &'static str,
    features: &'static [&'static str],
    flags: &'static str,
}

/// As a user builds a program.
pub const OURS: Build = Build { label: "ours", ceiling: FMA, features: &[], flags: "" };

/// What a feature costs, and what processors with less can do.
pub const VARIANTS: [Build; 3] = [
    Build { label: "ours/reproducible", features: &["reproducible"], ..OURS },
    Build { label: "ours/avx2", ceiling: FMA_AVX2, flags: "--cfg backprop_level=\"avx2\"", ..OURS },
    Build { label: "ours/sse2", flags: "--cfg backprop_level=\"sse2\"", ..OURS },
];

impl Build {
    /// Builds it and says where it is.
    pub fn run(&self) -> Result<OsString, String> {
        let mut command = cargo();
        command.args(["build", "--release", "--package", "backprop-compare"]);
        command.args(self.features.iter().flat_map(|feature| ["--features", feature]));
        if let Some((_, variant)) = self.label.split_once('/') {
            // Elsewhere, so that builds do not evict each other.
            command.arg("--target-dir").arg(root().join(format!("target/compare-{variant}")));
        }
        if !self.flags.is_empty() {
            command.env("RUSTFLAGS", self.flags);
        }
        build_program(&mut command, "backprop-compare")
    }
}

/// Builds a peer in Rust, for this machine's processor, as candle's own examples are, and says where it is.
pub fn build_peer(label: &str) -> Result<OsString, String> {
    let manifest = root().join("benches/peers/Cargo.toml");
    eprintln!("building {label}, which takes minutes the first time");
    let mut command = cargo();
    // All at once, since by itself each would want other features of what they share.
    command.args(["build", "--release", "--locked", "--workspace"]);
    command.arg("--manifest-path").arg(manifest);
    command.arg("--target-dir").arg(root().join("target/compare-peers"));
    command.env("RUSTFLAGS", "-C target-cpu=native");
    build_program(&mut command, &format!("peer-{label}")).map_err(|error| shorten(&error))
}

/// The last lines of what a failed build says: the first name the crates that went well.
fn shorten(error: &str) -> String {
    let lines: Vec<&str> = error.lines().collect();
    lines[lines.len().saturating_sub(LINES_OF_ERRORS)..].join("\n")
}

/// Compiles a C file into a library for this machine's processor.
pub fn compile_library(
    source: &Path,
    library: &Path,
    arguments: &[OsString],
) -> Result<(), String> {
    if let Some(folder) = library.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let mut command = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    // Without `errno` a loop over square roots is vectorised.
    command.args(["-O3", "-march=native", "-fno-math-errno", "-shared", "-fPIC", "-o"]);
    read(command.arg(library).arg(source).args(arguments)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::{LINES_OF_ERRORS, shorten};

    #[test]
    fn the_end_of_an_error_is_kept() {
        let lines: Vec<String> = (0..20).map(|line| line.to_string()).collect();
        assert_eq!(shorten(&lines.join("\n")), lines[20 - LINES_OF_ERRORS..].join("\n"));
        assert_eq!(shorten("short"), "short");
    }
}
