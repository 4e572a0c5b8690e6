//! The peers, where a Python that has them can be found.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::process::root;

/// Each column, the module it needs, and its argument to `peers.py`.
const PEERS: [(&str, &str); 3] = [("torch", "torch"), ("jax", "jax"), ("jax-loop", "jax")];

pub struct Peers {
    pub labels: Vec<&'static str>,
    /// A line on those that are not here, and on what to do about it.
    pub missing: Option<String>,
    python: OsString,
}

/// Asks the Python of `BACKPROP_PYTHON`, or else `python3`, what it can import.
pub fn find_peers() -> Peers {
    let python = std::env::var_os("BACKPROP_PYTHON").unwrap_or_else(|| "python3".into());
    let mut modules: Vec<&str> = PEERS.iter().map(|(_, module)| *module).collect();
    modules.dedup();
    modules.retain(|module| !imports(&python, module));
    let missing = (!modules.is_empty()).then(|| {
        let list = modules.join(" ");
        format!(
            "missing for {}: {list}; install with: python3 -m venv peers && \
             peers/bin/pip install numpy {list}, and set BACKPROP_PYTHON=$PWD/peers/bin/python",
            python.display()
        )
    });
    let found = PEERS.iter().filter(|(_, module)| !modules.contains(module));
    Peers { labels: found.map(|(label, _)| *label).collect(), missing, python }
}

impl Peers {
    /// The program, and its arguments, that times this peer.
    pub fn command(&self, label: &str) -> [OsString; 3] {
        let script = root().join("benches/compare/peers.py");
        [self.python.clone(), script.into(), label.into()]
    }
}

fn imports(python: &OsString, module: &str) -> bool {
    let mut command = Command::new(python);
    command.args(["-c", &format!("import numpy, {module}")]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
