//! QEMU, which runs the firmware images.

use std::process::Command;

use crate::firmware::machines::{find_package, has_emulator};
use crate::process::read;

/// Says whether an emulator is there, after installing it where apt can be used. Where it cannot, one line on
/// stderr says what to install.
pub fn ensure_emulator(emulator: &str) -> bool {
    if has_emulator(emulator) {
        return true;
    }
    let package = find_package(emulator);
    if is_root() {
        eprintln!("xtask: installing {package} with apt-get");
        let installed = apt(&["update"]).and_then(|()| apt(&["install", "-y", package]));
        if installed.is_ok() && has_emulator(emulator) {
            return true;
        }
    }
    eprintln!(
        "xtask: SKIPPED what needs {emulator}; install it with: apt-get install {package} (as root)"
    );
    false
}

/// Whether apt may be used: it asks nobody for a password.
pub fn is_root() -> bool {
    read(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}

/// Runs apt-get, which asks nothing.
pub fn apt(arguments: &[&str]) -> Result<(), String> {
    read(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
}
