//! A firmware image in QEMU: how many instructions the calls of a network execute, and that training
//! there ends with the very bits that it ends with here.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use backprop::Error;

#[path = "../xtask/src/image.rs"]
mod image;

use workload::{Sensor, SensorWorkspace, Tiny, TinyWorkspace, train_sensor, train_tiny};

/// The most instructions that a call may execute at opt-level 3.
const BOUNDS: [(&str, u32); 2] = [("tiny.step", 1_100), ("sensor.step", 27_000)];

/// What the image `count` prints: a name and a number a line.
type Numbers = Vec<(String, u32)>;

/// Two runs of the image, which all tests share; `None` where it cannot be built or run.
fn run_twice() -> Option<&'static [Numbers; 2]> {
    static RUNS: OnceLock<Option<[Numbers; 2]>> = OnceLock::new();
    RUNS.get_or_init(|| {
        let missing = if !has_target() {
            format!("the target; `rustup target add {}` gets it", image::TARGET)
        } else if !image::has_emulator() {
            format!("the emulator; `apt-get install {}` gets it", image::EMULATOR)
        } else {
            let built = image::build(Path::new(env!("CARGO_MANIFEST_DIR")), "count");
            let path = built.unwrap_or_else(|message| panic!("{message}"));
            let run = || image::run(&path).unwrap_or_else(|message| panic!("{message}"));
            return Some([run(), run()]);
        };
        // Not `eprintln!`, which the test harness keeps to itself while a test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: the firmware image, for want of {missing}");
        None
    })
    .as_ref()
}

fn has_target() -> bool {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", image::TARGET])
        .output()
        .expect("rustc runs");
    Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
}

fn find(numbers: &Numbers, name: &str) -> u32 {
    let found = numbers.iter().find(|(found, _)| found == name);
    found.unwrap_or_else(|| panic!("the image prints no `{name}`")).1
}

#[test]
fn instruction_counts_are_true_and_repeat() {
    let Some([first, second]) = run_twice() else { return };
    assert_eq!(first, second);
    // 1,000 instructions that the image executes to show what its counter is worth.
    assert!((999..=1_001).contains(&find(first, "counter.check")), "{first:?}");
}

#[test]
fn calls_stay_within_their_bounds() {
    let Some([numbers, _]) = run_twice() else { return };
    let exceeded: Vec<_> = BOUNDS
        .into_iter()
        .map(|(name, bound)| (name, bound, find(numbers, name)))
        .filter(|(_, bound, measured)| measured > bound)
        .collect();
    assert!(exceeded.is_empty(), "(call, bound, measured): {exceeded:?}");
}

#[test]
fn training_ends_with_the_bits_of_the_host() -> Result<(), Error> {
    let Some([numbers, _]) = run_twice() else { return Ok(()) };
    let (mut tiny, mut tiny_workspace) = (Tiny::ZERO, TinyWorkspace::new());
    let tiny = train_tiny(&mut tiny, &mut tiny_workspace)?;
    let (mut sensor, mut sensor_workspace) = (Sensor::ZERO, SensorWorkspace::new());
    let sensor = train_sensor(&mut sensor, &mut sensor_workspace)?;
    assert_eq!(find(numbers, "tiny.hash"), tiny, "2-8-1");
    assert_eq!(find(numbers, "sensor.hash"), sensor, "64-32-10");
    Ok(())
}
