//! Whether rust-analyzer is here: a component of the toolchain, which rustup fetches.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Says whether rust-analyzer runs, after fetching it if it is missing. Where that is refused, one line
/// says what to install.
pub fn ensure_component(root: &Path) -> bool {
    if runs(root, "rust-analyzer", &["--version"]) {
        return true;
    }
    let fetched = runs(root, "rustup", &["component", "add", "rust-analyzer"]);
    if fetched && runs(root, "rust-analyzer", &["--version"]) {
        return true;
    }
    // Not `eprintln!`, which the test harness keeps to itself while a test passes.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: the editor, for want of rust-analyzer; `rustup component add rust-analyzer` gets it"
    );
    false
}

/// In the repository, whose toolchain rustup takes.
fn runs(root: &Path, program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
