//! Compilation targets beside the host's.

use std::path::Path;
use std::process::Command;

use crate::process::{cargo, read, root, run};

/// Targets without an operating system that the runtime and generated code must build for: one with
/// a floating-point unit, one without.
pub const BARE: [&str; 2] = ["thumbv7em-none-eabi", "thumbv6m-none-eabi"];

/// Targets whose vectors, or lack of them, no other test compiles: with the default features, as firmware
/// names them.
const OTHERS: [(&str, &str); 3] = [
    ("aarch64-unknown-none", ""),
    ("riscv32imc-unknown-none-elf", ""),
    ("wasm32-unknown-unknown", "-Ctarget-feature=+simd128"),
];

/// Compiles the crate for targets that cannot be run here.
pub fn check_others() -> Result<(), String> {
    for (target, flags) in OTHERS {
        if ensure_target(target) {
            run(cargo()
                .args(["check", "--quiet", "--package", "backprop", "--target", target])
                .args(["--target-dir", "target/others"])
                .env("RUSTFLAGS", flags))?;
        }
    }
    Ok(())
}

/// Says whether `target` can be built for, after fetching it through rustup if it is missing. Where
/// that is refused, one line on stderr says what to install.
pub fn ensure_target(target: &str) -> bool {
    if is_installed(target) {
        return true;
    }
    eprintln!("xtask: fetching the target {target}");
    let fetched = read(Command::new("rustup").args(["target", "add", target]).current_dir(root()));
    if fetched.is_ok() && is_installed(target) {
        return true;
    }
    eprintln!(
        "xtask: SKIPPED what needs the target {target}; install it with: rustup target add {target}"
    );
    false
}

/// Asks rustc rather than rustup, which a machine with a distribution's Rust does not have.
fn is_installed(target: &str) -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    read(
        Command::new(rustc)
            .args(["--print", "target-libdir", "--target", target])
            .current_dir(root()),
    )
    .is_ok_and(|directory| Path::new(directory.trim()).is_dir())
}
