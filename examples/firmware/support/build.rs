//! Shows the linker where `device.x` is, which `link.x` of `cortex-m-rt` asks for.

fn main() {
    println!("cargo:rustc-link-search={}/link", env!("CARGO_MANIFEST_DIR"));
    println!("cargo:rerun-if-changed=link/device.x");
}
