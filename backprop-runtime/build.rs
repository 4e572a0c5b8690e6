//! Tells the runtime whether it is compiled for size, so that layers without a `code` of their own get small kernels.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(backprop_small)");
    // The level of this package in the user's profile: `opt-level = "s"`, or an override for it alone.
    if env::var("OPT_LEVEL").is_ok_and(|level| level == "s" || level == "z") {
        println!("cargo::rustc-cfg=backprop_small");
    }
}
