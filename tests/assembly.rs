//! The machine code of vectorised calls: whatever is not inlined into them is compiled for the oldest
//! processor, and hands vectors over through memory, one call each. Nothing of the kind may be left.
#![cfg(target_arch = "x86_64")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The assembly of a crate of `folder`, built as a user would build it.
fn compile(folder: &str, package: &str, file_stem: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = root.join("target/assembly");
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--release", "--lib", "--package", package])
        .args(["--", "--emit=asm", "-Ccodegen-units=1"])
        .current_dir(root.join(folder))
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = std::fs::read_dir(target.join("release/deps")).expect("the build has a folder");
    let newest: PathBuf = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "s"))
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(file_stem))
        })
        .max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok())
        .expect("the compiler wrote its assembly");
    std::fs::read_to_string(newest).expect("the assembly is text")
}

/// Every function whose name contains `marker`: the lines of its body.
fn find_functions<'a>(assembly: &'a str, marker: &str) -> Vec<Vec<&'a str>> {
    let mut functions = Vec::new();
    let mut lines = assembly.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with(['.', ' ', '\t', '#']) && line.ends_with(':') && line.contains(marker)
        {
            functions
                .push(lines.by_ref().take_while(|line| !line.contains(".cfi_endproc")).collect());
        }
    }
    functions
}

/// What a function of vectors may call: kernels that are vectorised themselves, and memory.
fn is_allowed(call: &str, function: &[&str]) -> bool {
    const ALLOWED: [&str; 8] = [
        "run_forward",
        "run_weight_gradient",
        "run_bias_gradient",
        "run_input_gradient",
        "compute_tiles",
        "memcpy",
        "memset",
        "memmove",
    ];
    let is_named = |line: &str| ALLOWED.iter().any(|name| line.contains(name));
    // An address that is needed often may have been loaded into a register before.
    let mut loads = function.iter().filter(|line| {
        let register = call.rsplit('*').next().unwrap_or(call);
        line.contains("@GOTPCREL") && line.ends_with(register)
    });
    is_named(call) || loads.clone().next().is_some() && loads.all(|line| is_named(line))
}

fn check_calls(assembly: &str, what: &str) {
    for (marker, register) in [("vectorize_avx512", "%zmm"), ("vectorize_avx2", "%ymm")] {
        let functions = find_functions(assembly, marker);
        assert!(!functions.is_empty(), "{what} has no {marker}");
        let fused = |line: &&&str| line.contains("vfmadd") && line.contains(register);
        assert!(functions.iter().flatten().filter(fused).count() > 20, "{what}: {marker}");
        for function in &functions {
            for line in function.iter().filter(|line| line.trim_start().starts_with("call")) {
                assert!(is_allowed(line, function), "{what}, {marker}: {line}");
            }
        }
    }
}

/// Lanes that are fetched from other places than their neighbours take a step each, and more. Where a function of many
/// steps follows, as a logarithm, that may still be the quicker way; in products and updates it is not.
fn check_places(assembly: &str, what: &str) {
    for function in find_functions(assembly, "vectorize_avx512") {
        let is_slow = |line: &&&str| line.contains("gather") || line.contains("scatter");
        let slow: Vec<_> = function.iter().filter(is_slow).collect();
        assert!(slow.is_empty(), "{what}: {slow:#?}");
    }
}

#[test]
fn kernels_call_no_intrinsic() {
    let assembly = compile("backprop-runtime", "backprop-runtime", "backprop_runtime");
    check_calls(&assembly, "the runtime");
    check_places(&assembly, "the runtime");
}

#[test]
fn a_users_crate_calls_no_intrinsic() {
    check_calls(&compile("tests/fixtures", "vectors", "vectors"), "a user's crate");
}

#[test]
fn narrow_layers_gather_nothing() {
    check_places(&compile("tests/fixtures", "narrow", "narrow"), "a user's crate");
}
