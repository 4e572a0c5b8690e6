//! The module of `examples/wasm`: that it imports nothing, and therefore cannot panic, and that it trains in node to
//! the very bits that training ends with here.

use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "machines/needs.rs"]
mod needs;
#[path = "../examples/wasm/src/network.rs"]
mod network;

use backprop::{Error, Optimizer, Parameters};
use needs::has_all;
use network::{RATE, Xor};

const TARGET: &str = "wasm32-unknown-unknown";
/// What the whole module may take.
const MOST_BYTES: u64 = 5_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds the module optimised, with flags for the compiler and features; returns its path.
fn build(label: &str, flags: &str, features: &str) -> PathBuf {
    let folder = root().join("target/wasm").join(label);
    let output = Command::new(env!("CARGO"))
        .args(["build", "--release", "--features", features, "--config"])
        .arg(format!("target.{TARGET}.rustflags = [{flags}]"))
        .current_dir(root().join("examples/wasm"))
        .env("CARGO_TARGET_DIR", &folder)
        // What is on the way to the module is shared, above all the macro.
        .env("CARGO_BUILD_BUILD_DIR", root().join("target/bits/build"))
        // These would take the place of the flags in `.cargo/config.toml`.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{label} does not build\n{errors}");
    folder.join(TARGET).join("release/trainer.wasm")
}

/// What a script prints about a module.
fn run(script: &str, module: &Path) -> String {
    let output = Command::new("node")
        .arg(root().join(script))
        .arg(module)
        .output()
        .expect("node was there when it was looked for");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script} fails on {}\n{errors}", module.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What `wasm/inspect.mjs` prints about a module that imports nothing: the same training, here and now.
fn train_here() -> Result<String, Error> {
    let mut lines = String::new();
    let mut print = |name: &str, bits: u32| lines += &format!("{name} {bits}\n");
    let mut network = Xor::new(1);
    let mut optimizer = Optimizer::new(RATE);
    for count in 0..400 {
        let (a, b) = (count & 1, count >> 1 & 1);
        let loss = network.train_step(&[a as f32, b as f32], &[(a ^ b) as f32], &mut optimizer)?;
        print("loss", loss.to_bits());
    }
    network.as_slice().iter().for_each(|value| print("parameter", value.to_bits()));
    let [y] = network.forward(&[1.0, 1.0]);
    print("output", y.to_bits());
    for (_, bits) in workload::train_all()? {
        print("workload", bits);
    }
    Ok(lines)
}

fn has_node(what: &str) -> bool {
    has_all(what, TARGET, &[("node", "nodejs")])
}

#[test]
fn the_module_imports_nothing_and_trains_to_the_bits_of_the_host() -> Result<(), Error> {
    if !has_node("training in WebAssembly") {
        return Ok(());
    }
    for (label, flags) in [("plain", ""), ("simd", "'-Ctarget-feature=+simd128'")] {
        let printed = run("tests/wasm/inspect.mjs", &build(label, flags, "workload"));
        assert_eq!(printed, train_here()?, "{label}");
    }
    Ok(())
}

#[test]
fn the_control_with_a_panic_imports_its_handler() {
    if has_node("what a panic in WebAssembly would import") {
        let printed = run("tests/wasm/inspect.mjs", &build("panics", "", "panics"));
        assert_eq!(printed, "import nowhere.a_panic_path_is_reachable\n");
    }
}

#[test]
fn the_example_is_small_and_prints_what_its_readme_says() {
    if !has_node("the example in WebAssembly") {
        return;
    }
    let module = build("example", "", "");
    let bytes = std::fs::metadata(&module).expect("the module was built").len();
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    let printed = run("examples/wasm/run.mjs", &module);
    let readme = std::fs::read_to_string(root().join("examples/wasm/README.md"));
    assert!(readme.expect("the example has one").contains(&printed), "{printed}");
}
