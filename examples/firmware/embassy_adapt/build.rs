//! Gives the linker this folder's layout of memory, and the script of the start-up crate.

use std::env::var;

fn main() {
    println!("cargo:rustc-link-search={}", env!("CARGO_MANIFEST_DIR"));
    // On a Cortex-M, `link.x` itself asks for `memory.x`.
    if var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("riscv32") {
        println!("cargo:rustc-link-arg-bins=-Tmemory-riscv.x");
    }
    println!("cargo:rustc-link-arg-bins=-Tlink.x");
    // The texts of defmt stay in the ELF and out of flash.
    if var("CARGO_FEATURE_DEFMT").is_ok() {
        println!("cargo:rustc-link-arg-bins=-Tdefmt.x");
    }
    println!("cargo:rerun-if-changed=memory.x");
    println!("cargo:rerun-if-changed=memory-riscv.x");
}
