//! Programs that apt has and a test needs.

use std::path::Path;
use std::process::Command;

use crate::emulator::{apt, is_root};
use crate::targets::ensure_target;

/// What `tests/wasm.rs`, `tests/big_endian.rs` and `tests/levels.rs` look for themselves, so that a plain `cargo test`
/// runs them too.
const TARGETS: [&str; 3] =
    ["wasm32-unknown-unknown", "s390x-unknown-linux-gnu", "i686-unknown-linux-musl"];
/// A program, or a file that is more to the point, and the package that has it.
const PROGRAMS: [(&str, &str); 4] = [
    ("node", "nodejs"),
    ("qemu-s390x", "qemu-user"),
    ("s390x-linux-gnu-gcc", "gcc-s390x-linux-gnu"),
    ("/usr/s390x-linux-gnu/lib/libc.a", "libc6-dev-s390x-cross"),
];

/// Fetches what other machines' bits are computed with, as far as rustup and apt may be used. Where they may not, lines
/// on stderr say what to install.
pub fn ensure_machines() {
    for target in TARGETS {
        ensure_target(target);
    }
    let missing = find_missing();
    if !missing.is_empty() && is_root() {
        eprintln!("xtask: installing {} with apt-get", missing.join(" "));
        let installed = apt(&["update"]).and_then(|()| {
            apt(&[&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat())
        });
        if let Err(message) = installed {
            eprintln!("xtask: {message}");
        }
    }
    for package in find_missing() {
        eprintln!(
            "xtask: SKIPPED what needs {package}; install it with: apt-get install {package} (as root)"
        );
    }
}

/// The packages whose programs are not here.
fn find_missing() -> Vec<&'static str> {
    let missing = PROGRAMS.into_iter().filter(|(program, _)| !has_program(program));
    missing.map(|(_, package)| package).collect()
}

fn has_program(program: &str) -> bool {
    if program.starts_with('/') {
        return Path::new(program).exists();
    }
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}
