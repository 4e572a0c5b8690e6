//! What the compiler accepts type-checks, without a warning but its own: a seeded sample of edited
//! declarations, as rustc sees them.

#[path = "../backprop-compiler/tests/robustness/check.rs"]
mod check;
#[path = "../backprop-compiler/tests/robustness/declarations.rs"]
mod declarations;
#[path = "../backprop-compiler/tests/robustness/mutate.rs"]
mod mutate;
#[path = "../backprop-compiler/tests/robustness/repeated.rs"]
mod repeated;
#[path = "../backprop-compiler/tests/robustness/spans.rs"]
mod spans;
#[path = "../backprop-compiler/tests/robustness/tokens.rs"]
mod tokens;
#[path = "../backprop-compiler/tests/robustness/words.rs"]
mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use check::{Verdict, check};
use mutate::Edit;

/// How many mutants are compiled.
const MUTANTS: usize = 500;
/// How many of them are one crate, which is one run of rustc.
const BATCH: usize = 50;

/// What stands around the networks of a batch. The lints are about names and values of the mutant's own.
const PRELUDE: &str = "#![deny(warnings)]
#![allow(dead_code, deprecated, nonstandard_style, uncommon_codepoints, unused_imports)]
pub struct Square;
pub use Square as Bias;
impl<T: backprop::Scalar> backprop::Activation<T> for Square {
    fn value(x: T) -> T { x * x }
    fn derivative(x: T, _: T) -> T { x + x }
}
impl<T: backprop::Scalar> backprop::Loss<T> for Square {
    fn value<const N: usize>(_: &[T; N], _: &[T; N]) -> T { T::ONE }
    fn gradient<const N: usize>(_: &[T; N], _: &[T; N], gradient: &mut [T; N]) { gradient.fill(T::ONE); }
}
fn main() {}
";

/// The generator SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn draw_edit(&mut self) -> Edit {
        let bits = self.draw();
        Edit { kind: bits as u8, at: (bits >> 16) as u16, with: (bits >> 32) as u16 }
    }
}

fn list_declarations() -> Vec<Vec<String>> {
    let networks = Path::new(env!("CARGO_MANIFEST_DIR")).join("backprop-compiler/tests/networks");
    declarations::list_declarations(&networks)
}

/// Mutants that the compiler accepts, no two the same, and none of them a declaration that is given.
fn draw_mutants(seed: u64) -> Vec<String> {
    let declarations = list_declarations();
    let mut seen: BTreeSet<String> = declarations.iter().map(|words| words.join(" ")).collect();
    let mut random = Random(seed);
    let mut mutants = Vec::new();
    while mutants.len() < MUTANTS {
        let mut words = declarations[random.draw() as usize % declarations.len()].clone();
        for _ in 0..=random.draw() % 3 {
            random.draw_edit().apply(&mut words);
        }
        let text = words.join(" ");
        if is_ours(&words) && seen.insert(text.clone()) && check(&text) == Ok(Verdict::Accepted) {
            mutants.push(text);
        }
    }
    mutants
}

/// Whether a mistake in the mutant would be the compiler's to report. What stands before the struct, and paths
/// of types, pass through as they are; invisible groups cannot be written down.
fn is_ours(words: &[String]) -> bool {
    let is_head = matches!(words.first().map(String::as_str), Some("pub" | "struct"))
        && words.get(1).is_some_and(|word| word != "(");
    let paths = words.iter().enumerate().filter(|(_, word)| *word == "custom").map(|(index, _)| {
        words[index + 1..]
            .iter()
            .take_while(|word| *word != ")")
            .map(String::as_str)
            .collect::<String>()
    });
    let known = ["(Square", "(crate::Square", "(Bias", "(crate::Bias"];
    let is_visible = words.iter().all(|word| word != "invisible");
    is_head && is_visible && paths.into_iter().all(|path| known.contains(&path.as_str()))
}

/// A crate with a program for each batch.
fn write_crate(folder: &Path, mutants: &[String]) {
    let programs = folder.join("src/bin");
    fs::create_dir_all(&programs).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"accepted-mutants\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\nbackprop = {{ path = {root:?} }}\n[workspace]\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The versions that this very test was built with: nothing need be downloaded.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (batch, mutants) in mutants.chunks(BATCH).enumerate() {
        let mut text = PRELUDE.to_owned();
        for (index, mutant) in mutants.iter().enumerate() {
            let _ = writeln!(
                text,
                "pub mod mutant{index} {{\nuse crate::{{Bias, Square}};\n\
                 backprop::network! {{\n{mutant}\n}}\n}}"
            );
        }
        fs::write(programs.join(format!("batch{batch}.rs")), text).unwrap();
    }
}

#[test]
fn what_is_accepted_type_checks() {
    // The declarations themselves are among what is accepted.
    let mut mutants = draw_mutants(1);
    mutants.extend(list_declarations().iter().map(|words| words.join(" ")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/accepted-mutants");
    write_crate(&folder, &mutants);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--keep-going", "--color=never"])
        .current_dir(&folder)
        // With the programs of random declarations, which need the same crates.
        .env("CARGO_TARGET_DIR", root.join("target/random-declarations/target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
