//! Training ends with the same bits whichever instruction set of this x86-64 its calls run on: AVX-512, AVX2, SSE2,
//! or one lane at a time.
#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

use std::process::Command;

#[path = "machines/needs.rs"]
mod needs;
#[path = "machines/program.rs"]
mod program;

use backprop::__private::{Level, level};
use needs::{has_all, say_skipped};
use program::{Build, expect_lines, read_lines};

const HOST: &str = "x86_64-unknown-linux-gnu";
/// The same processor without the vectors: those of 32-bit x86 are nobody's concern, so that it gets one lane, in the
/// registers of SSE2. (x86-64 cannot do without: `-Ctarget-feature=-sse2` computes with 80 bits.)
const SCALAR: &str = "i686-unknown-linux-musl";

/// The best instruction set of this machine.
fn best_level() -> &'static str {
    match level() {
        Level::Avx512(_) => "avx512",
        Level::Avx2(_) => "avx2",
        Level::Sse2(_) => "sse2",
    }
}

fn check(build: &Build<'_>, level: &str) {
    let lines = read_lines(&mut Command::new(build.run())).expect("the program runs");
    assert_eq!(lines, expect_lines(level), "{}", build.label);
}

const BEST: Build<'static> =
    Build { label: "best", target: HOST, linker: None, flags: "", features: "std,reproducible" };

#[test]
fn the_best_level_trains_to_the_bits_of_the_host() {
    check(&BEST, best_level());
}

/// Without `std` there is no choice at run time: what the target promises it gets.
#[test]
fn sse2_trains_to_the_bits_of_the_host() {
    check(&Build { label: "sse2", features: "reproducible", ..BEST }, "sse2");
}

#[test]
fn avx2_trains_to_the_bits_of_the_host() {
    match best_level() {
        "sse2" => return say_skipped("training with AVX2", "this processor has none"),
        "avx512" => {
            let flags = "--cfg backprop_level=\"avx2\"";
            check(&Build { label: "avx2-chosen", flags, ..BEST }, "avx2");
        }
        _ => say_skipped("training with AVX-512", "this processor has none"),
    }
    let flags = "-Ctarget-cpu=x86-64-v3";
    check(&Build { label: "avx2", flags, features: "reproducible", ..BEST }, "avx2");
}

#[test]
fn one_lane_trains_to_the_bits_of_the_host() {
    const WHAT: &str = "training with one lane";
    if !has_all(WHAT, SCALAR, &[]) {
        return;
    }
    // musl and the linker of Rust itself: no 32-bit libraries are needed.
    let linker = Some("rust-lld");
    let program = Build { label: "scalar", target: SCALAR, linker, ..BEST }.run();
    match read_lines(&mut Command::new(program)) {
        Ok(lines) => assert_eq!(lines, expect_lines("only")),
        Err(error) => say_skipped(WHAT, &format!("32-bit programs cannot be run: {error}")),
    }
}
