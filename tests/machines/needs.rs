//! What a test for another machine needs of this one.

use std::io::Write;
use std::path::Path;
use std::process::Command;

/// Whether a target's core library and every program are here; a name that begins with `/` is a file's. If not,
/// a line on stderr says what is skipped, and which commands make up for it.
pub fn has_all(what: &str, target: &str, programs: &[(&str, &str)]) -> bool {
    let target_remedy = (!has_target(target)).then(|| format!("`rustup target add {target}`"));
    let missing = programs.iter().filter(|(program, _)| !has_program(program));
    let remedies: Vec<String> = target_remedy
        .into_iter()
        .chain(missing.map(|(_, package)| format!("`apt-get install {package}`")))
        .collect();
    if !remedies.is_empty() {
        say_skipped(what, &format!("to see it: {}", remedies.join(", ")));
    }
    remedies.is_empty()
}

/// Not by `eprintln!`, which the test harness keeps to itself while a test passes; in one piece, since other tests
/// print meanwhile.
pub fn say_skipped(what: &str, why: &str) {
    let _ = std::io::stderr().write_all(format!("SKIPPED: {what}; {why}\n").as_bytes());
}

/// Whether a target's core library is here.
pub fn has_target(target: &str) -> bool {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .output()
        .expect("rustc runs");
    Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
}

fn has_program(program: &str) -> bool {
    if program.starts_with('/') {
        return Path::new(program).exists();
    }
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}
