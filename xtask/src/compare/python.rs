//! The Python that runs `benches/compare/python`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::process::{read, root};

pub struct Python(OsString);

impl Python {
    /// That of `BACKPROP_PYTHON`, or else `python3`.
    pub fn find() -> Self {
        Self(std::env::var_os("BACKPROP_PYTHON").unwrap_or_else(|| "python3".into()))
    }

    /// The program, and its arguments, that times a peer.
    pub fn command(&self, label: &str) -> Vec<OsString> {
        let script = root().join("benches/compare/python/main.py");
        // Nothing compiled is left in the repository.
        vec![self.0.clone(), "-B".into(), script.into(), label.into()]
    }

    /// Fails where it cannot import all of `modules`, with what to do about it.
    pub fn require(&self, modules: &[&str], packages: &str) -> Result<(), String> {
        let mut command = Command::new(&self.0);
        let imports: String = modules.iter().map(|module| format!(", {module}")).collect();
        command.args(["-c", &format!("import numpy{imports}")]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if command.status().is_ok_and(|status| status.success()) {
            return Ok(());
        }
        Err(format!("not in {}; {}", self.0.display(), explain_installation(packages)))
    }

    /// Where its packages put libraries and headers.
    pub fn prefix(&self) -> Result<PathBuf, String> {
        let text = read(Command::new(&self.0).args(["-c", "import sys; print(sys.prefix)"]))?;
        Ok(PathBuf::from(text.trim()))
    }
}

/// How to get packages of Python.
pub fn explain_installation(packages: &str) -> String {
    format!(
        "install with: python3 -m venv peers && peers/bin/pip install numpy {packages}, \
         and set BACKPROP_PYTHON=$PWD/peers/bin/python"
    )
}
