//! Tells the runtime what it is compiled for: whether for size, so that layers without a `code` of their own get small
//! kernels, and whether there is memory to spend on tables.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(backprop_small)");
    println!("cargo::rustc-check-cfg=cfg(backprop_wide_crc)");
    // The level of this package in the user's profile: `opt-level = "s"`, or an override for it alone.
    let small = env::var("OPT_LEVEL").is_ok_and(|level| level == "s" || level == "z");
    if small {
        println!("cargo::rustc-cfg=backprop_small");
    }
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    let hosted = !is("CARGO_CFG_TARGET_OS", "none") && is("CARGO_CFG_TARGET_POINTER_WIDTH", "64");
    if hosted && !small {
        println!("cargo::rustc-cfg=backprop_wide_crc");
    }
}
