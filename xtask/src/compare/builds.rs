//! Building contestants with cargo.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use contest::ceilings::{FMA, FMA_AVX2};

use crate::process::{cargo, read, root};

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
    Build { label: "ours/portable", flags: "--cfg backprop_level=\"portable\"", ..OURS },
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
        build_program(&mut command)
    }
}

/// Builds a peer in Rust, for this machine's processor, as candle's own examples are, and says where it is.
pub fn build_peer(label: &str) -> Result<OsString, String> {
    let manifest = root().join("benches/peers/Cargo.toml");
    eprintln!("building {label}, which takes minutes the first time");
    let mut command = cargo();
    command.args(["build", "--release", "--locked", "--package", &format!("peer-{label}")]);
    command.arg("--manifest-path").arg(manifest);
    command.arg("--target-dir").arg(root().join("target/compare-peers"));
    command.env("RUSTFLAGS", "-C target-cpu=native");
    build_program(&mut command)
}

/// Runs `cargo build` and reads from its messages what it built.
fn build_program(command: &mut Command) -> Result<OsString, String> {
    let messages = read(command.arg("--message-format=json-render-diagnostics"))?;
    find_program(&messages)
        .map(OsString::from)
        .ok_or_else(|| "cargo names no executable".to_owned())
}

/// The last of the artifacts is the program that was asked for, and only a program is executable.
fn find_program(messages: &str) -> Option<String> {
    messages.lines().rev().find_map(|line| {
        let (_, rest) = line.split_once("\"executable\":\"")?;
        rest.split_once('"').map(|(path, _)| path.replace("\\\\", "\\"))
    })
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
    use super::find_program;

    #[test]
    fn the_program_is_the_last_executable() {
        let messages = r#"{"reason":"compiler-artifact","executable":"/old"}
{"reason":"compiler-artifact","executable":"C:\\target\\new.exe","fresh":true}
{"reason":"compiler-artifact","executable":null}
{"reason":"build-finished","success":true}"#;
        assert_eq!(find_program(messages).as_deref(), Some("C:\\target\\new.exe"));
        assert_eq!(find_program("{\"executable\":null}"), None);
    }
}
