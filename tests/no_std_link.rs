//! No heap, and no panic path: images for cores without an operating system link although their panic
//! handler calls a function that does not exist.

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "machines/needs.rs"]
mod needs;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use needs::has_all;

const TARGETS: [&str; 2] = ["thumbv7em-none-eabi", "thumbv6m-none-eabi"];
const PROFILES: [&str; 5] = ["o1", "o2", "release", "s", "z"];

fn build(target: &str, profile: &str, features: &str) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder: PathBuf = root.join("tests/fixtures/bare");
    Command::new(env!("CARGO"))
        .args(["build", "--target", target, "--profile", profile, "--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root.join("target/bare"))
        .env("RUSTFLAGS", "-C link-arg=--entry=_start -C link-arg=--gc-sections")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .expect("cargo runs")
}

/// The targets whose core libraries are here; where rustup cannot fetch one, nothing can be linked.
fn list_targets() -> impl Iterator<Item = &'static str> {
    TARGETS.into_iter().filter(|target| has_all("a bare image", target, &[]))
}

#[test]
fn images_without_a_panic_path_link() {
    for target in list_targets() {
        for profile in PROFILES {
            let output = build(target, profile, "");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{target} at {profile}:\n{errors}");
        }
    }
}

#[test]
fn the_control_with_a_panic_does_not_link() {
    for target in list_targets() {
        let output = build(target, "release", "panics");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{target} linked in spite of its panic");
        assert!(errors.contains("undefined symbol: a_panic_path_is_reachable"), "{errors}");
    }
}
