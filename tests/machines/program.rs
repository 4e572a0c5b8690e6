//! The program `tests/fixtures/bits`, built for a machine.

use std::path::{Path, PathBuf};
use std::process::Command;

/// How to build it.
pub struct Build<'a> {
    /// The folder of the outcome, so that none takes the place of another.
    pub label: &'a str,
    pub target: &'a str,
    pub linker: Option<&'a str>,
    pub flags: &'a str,
    pub features: &'a str,
}

impl Build<'_> {
    /// Builds it optimised; returns its path.
    pub fn run(&self) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = root.join("target/bits").join(self.label);
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--release", "--target", self.target, "--no-default-features"])
            .args(["--features", self.features])
            .current_dir(root.join("tests/fixtures/bits"))
            .env("CARGO_TARGET_DIR", &folder)
            // What is on the way to the outcome is shared, above all the macro.
            .env("CARGO_BUILD_BUILD_DIR", root.join("target/bits/build"))
            .env("RUSTFLAGS", self.flags)
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some(linker) = self.linker {
            let target = self.target.to_uppercase().replace('-', "_");
            cargo.env(format!("CARGO_TARGET_{target}_LINKER"), linker);
        }
        let output = cargo.output().expect("cargo runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} does not build\n{errors}", self.label);
        folder.join(self.target).join("release/bits")
    }
}

/// The lines that the program prints: a level, then names and bits.
pub fn read_lines(command: &mut Command) -> std::io::Result<Vec<(String, String)>> {
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command:?} ended with {}\n{text}", output.status);
    let lines = text.lines().map(|line| {
        let (name, value) = line.split_once(' ').expect("a name and a value");
        (name.to_owned(), value.to_owned())
    });
    Ok(lines.collect())
}

/// The lines that it must print where calls run at `level`: the same training, here and now.
pub fn expect_lines(level: &str) -> Vec<(String, String)> {
    let trained = workload::train_all().expect("losses are finite");
    let bits = trained.map(|(name, bits)| (name.to_owned(), bits.to_string()));
    [("level".to_owned(), level.to_owned())].into_iter().chain(bits).collect()
}
