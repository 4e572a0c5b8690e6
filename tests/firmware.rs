//! The firmware images, on every machine that QEMU has here: that they link without a panic and without a
//! heap, run to their end, need what the committed table says, and compute the very bits that the host does.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use backprop::Error;
use workload::{
    Kinds, KindsWorkspace, Sensor, SensorWorkspace, Tiny, TinyWorkspace, train_kinds, train_sensor,
    train_tiny,
};

#[path = "../xtask/src/elf.rs"]
mod elf;
#[allow(dead_code, reason = "`cargo xtask firmware` uses the rest")]
#[path = "../xtask/src/firmware/mod.rs"]
mod firmware;

#[path = "firmware/keywords.rs"]
mod keywords;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "machines/needs.rs"]
mod needs;
#[path = "firmware/planes.rs"]
mod planes;
#[path = "firmware/rules.rs"]
mod rules;
#[allow(dead_code, reason = "`cargo xtask stack` uses the rest")]
#[path = "../xtask/src/stack/mod.rs"]
mod stack;
#[path = "firmware/streams.rs"]
mod streams;
#[path = "firmware/tasks.rs"]
mod tasks;

use firmware::build::{LEVELS, run_cargo};
use firmware::document::read_table;
use firmware::machines::{MACHINES, Machine, find_package, has_emulator, list_targets};
use firmware::measure::{Measurement, measure};
use firmware::run::run;
use firmware::table::{compare, list_rows, parse};
use needs::{has_target, say_skipped};
use stack::{find_indirect_calls, find_recursion};

/// The most instructions that a call of an image may execute on a machine, at an opt-level. Those at `s` are 1.3 times
/// what C takes, by GCC 12 at `-Os` (`cargo xtask firmware-c`).
const BOUNDS: [(&str, &str, &str, &str, i64); 7] = [
    ("count", "3", "M4F, mps2-an386", "tiny.step", 900),
    ("count", "3", "M4F, mps2-an386", "sensor.step", 22_000),
    ("count", "3", "M3, mps2-an385", "sensor.step", 600_000),
    ("count", "s", "M4F, mps2-an386", "tiny.step", 1_235),
    ("count", "s", "M4F, mps2-an386", "sensor.step", 39_503),
    ("count", "s", "M3, mps2-an385", "tiny.step", 23_032),
    ("count", "s", "M3, mps2-an385", "sensor.step", 579_611),
];

/// The most bytes of flash that the image `xor_training` may take on the M4F, at each opt-level.
const FLASH_BOUNDS: [(&str, u32); 2] = [("s", 2_400), ("3", 3_900)];

/// How far a figure may be from the committed table's, as a part of it.
const TOLERANCE: f64 = 0.05;

/// All images on all machines that exist here, which all tests share.
fn measure_once() -> &'static [Measurement] {
    static MEASUREMENTS: OnceLock<Vec<Measurement>> = OnceLock::new();
    MEASUREMENTS.get_or_init(|| {
        let mut missing = HashSet::new();
        let exists = |machine: &Machine| {
            let command = find_missing(machine);
            let exists = command.is_none();
            missing.extend(command);
            exists
        };
        let machines: Vec<Machine> = MACHINES.into_iter().filter(exists).collect();
        for command in missing {
            say_skipped("some firmware images", &format!("`{command}`"));
        }
        let measured = measure(root(), &machines);
        measured.unwrap_or_else(|message| panic!("{message}"))
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The command that gets what a machine lacks here.
fn find_missing(machine: &Machine) -> Option<String> {
    if !has_target(machine.target) {
        Some(format!("rustup target add {}", machine.target))
    } else if !has_emulator(machine.emulator) {
        Some(format!("apt-get install {}", find_package(machine.emulator)))
    } else {
        None
    }
}

/// The measurements of the images that print what they counted and trained.
fn list_counts() -> impl Iterator<Item = &'static Measurement> {
    measure_once().iter().filter(|measurement| measurement.image.name.starts_with("count"))
}

/// The measurements of an image.
fn list_runs(image: &str) -> impl Iterator<Item = &'static Measurement> {
    measure_once().iter().filter(move |measurement| measurement.image.name == image)
}

/// Names an image where a test fails.
fn describe(measurement: &Measurement) -> String {
    let Measurement { image, machine, level, .. } = measurement;
    format!("{} on {} at opt-level {}", image.name, machine.name, level.name)
}

#[test]
fn every_image_runs_to_its_end() {
    for measurement in measure_once() {
        assert!(measurement.run.succeeded(), "{}: {measurement:?}", describe(measurement));
        assert!(measurement.counted.succeeded(), "{}: {measurement:?}", describe(measurement));
    }
}

#[test]
fn instruction_counts_are_true_and_repeat() -> Result<(), String> {
    for measurement in list_counts() {
        // 1,000 instructions that the image executes to show what its counter is worth, a call and a return, and what
        // reading the counter takes.
        let check = measurement.counted.find("counter.check");
        assert!(
            check.is_some_and(|count| (1_000..=1_008).contains(&count)),
            "{}: {check:?}",
            describe(measurement)
        );
        if measurement.machine.target == "thumbv7em-none-eabihf" {
            let again = run(&mut measurement.machine.start(), &measurement.path)?;
            assert_eq!(again, measurement.run, "{}", describe(measurement));
        }
    }
    Ok(())
}

#[test]
fn calls_stay_within_their_bounds() {
    for measurement in list_counts() {
        let Measurement { image, machine, level, .. } = measurement;
        let bounds = BOUNDS.iter().filter(|(bounded, at, on, ..)| {
            (*bounded, *at, *on) == (image.name, level.name, machine.name)
        });
        for (.., name, bound) in bounds {
            let measured = measurement.counted.find(name);
            assert!(
                measured.is_some_and(|count| count <= *bound),
                "{name} > {bound}: {measured:?}, {}",
                describe(measurement)
            );
        }
    }
}

#[test]
fn training_on_a_device_fits_into_its_flash() {
    let images = measure_once().iter().filter(|measurement| {
        measurement.image.name == "xor_training" && measurement.machine.name == "M4F, mps2-an386"
    });
    for measurement in images {
        let bound = FLASH_BOUNDS.iter().find(|(level, _)| *level == measurement.level.name);
        let flash = measurement.flash;
        assert!(bound.is_some_and(|(_, bound)| flash <= *bound), "{flash}: {bound:?}");
    }
}

#[test]
fn small_code_is_smaller_and_what_size_asks_for() {
    for (default, small) in list_runs("count").zip(list_runs("count_small")) {
        assert_eq!((default.machine, default.level), (small.machine, small.level));
        let flash = (default.flash, small.flash);
        if small.level.name == "s" {
            // The same code, from crates of other names.
            assert!(flash.0.abs_diff(flash.1) <= 32, "{flash:?}: {}", describe(small));
        } else {
            // It saves a tenth at least.
            assert!(small.flash < default.flash / 10 * 9, "{flash:?}: {}", describe(small));
        }
    }
}

#[test]
fn what_images_need_is_what_the_table_says() -> Result<(), String> {
    let committed = parse(&read_table(root())?)?;
    let differences = compare(&list_rows(measure_once()), &committed, TOLERANCE);
    assert!(
        differences.is_empty(),
        "`cargo xtask firmware --bless` brings docs/firmware.md up to date\n{}",
        differences.join("\n")
    );
    Ok(())
}

#[test]
fn training_needs_no_static_memory_but_parameters_and_workspace() {
    // 2-8-1 has 33 parameters, and trains in 17 more numbers.
    for measurement in measure_once().iter().filter(|found| found.image.name == "xor_training") {
        assert_eq!(measurement.ram, (33 + 17) * 4, "{}", describe(measurement));
    }
}

#[test]
#[cfg_attr(not(feature = "reproducible"), ignore = "needs the feature `reproducible`")]
fn training_ends_with_the_bits_of_the_host() -> Result<(), Error> {
    let (mut tiny, mut sensor, mut kinds) = (Tiny::ZERO, Sensor::ZERO, Kinds::ZERO);
    let tiny = train_tiny(&mut tiny, &mut TinyWorkspace::new())?;
    let sensor = train_sensor(&mut sensor, &mut SensorWorkspace::new())?;
    let kinds = train_kinds(&mut kinds, &mut KindsWorkspace::new())?;
    let expected = [
        ("tiny.hash", tiny),
        ("sensor.hash", sensor),
        ("kinds.loss", kinds.loss),
        ("kinds.hash", kinds.parameters),
        ("kinds.probabilities", kinds.probabilities),
    ];
    for measurement in list_counts() {
        for (name, bits) in expected {
            let found = measurement.run.find(name);
            assert_eq!(found, Some(bits.into()), "{name}: {}", describe(measurement));
        }
    }
    Ok(())
}

#[test]
fn exclusive_or_is_learnt_with_the_same_bits_everywhere() {
    let mut runs = measure_once().iter().filter(|found| found.image.name == "xor_training");
    // How deep the stack grew is the machine's own.
    let read = |measurement: &Measurement| {
        let numbers = measurement.run.numbers.iter();
        numbers.filter(|(name, _)| name.starts_with("xor.")).cloned().collect::<Vec<_>>()
    };
    let Some(first) = runs.next().map(read) else { return };
    for measurement in runs {
        assert_eq!(read(measurement), first, "{}", describe(measurement));
    }
    let outputs: Vec<i64> = first
        .iter()
        .filter(|(name, _)| name == "xor.thousandths")
        .map(|(_, number)| *number)
        .collect();
    let truth = outputs.iter().map(|output| *output > 500);
    assert!(truth.eq([false, true, true, false]), "{outputs:?}");
}

#[test]
fn no_stack_grows_beyond_what_its_code_can_take() -> Result<(), String> {
    let mut seen = HashSet::new();
    for measurement in measure_once() {
        let Some(computed) = measurement.computed else { continue };
        let painted = measurement.run.find("stack.painted");
        let within = painted.is_some_and(|painted| 0 < painted && painted <= computed.into());
        assert!(within, "{painted:?} of {computed}: {}", describe(measurement));
        if seen.insert(&measurement.path) {
            assert_eq!(find_recursion(&measurement.path)?, Vec::<Vec<String>>::new());
            let calls = find_indirect_calls(&measurement.path)?;
            assert_eq!(calls, Vec::new(), "{}", describe(measurement));
        }
    }
    Ok(())
}

#[test]
fn no_image_has_a_heap() -> Result<(), std::io::Error> {
    let mut seen = HashSet::new();
    for measurement in measure_once() {
        // M4F and M7 run the same images.
        if !seen.insert(&measurement.path) {
            continue;
        }
        let bytes = fs::read(&measurement.path)?;
        let contains = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        for name in ["__rust_alloc", "__rust_realloc", "__rust_dealloc", "__rg_alloc"] {
            assert!(!contains(name.as_bytes()), "{name}: {}", describe(measurement));
        }
        // Other symbols are found so.
        assert!(contains(b"\0main\0"), "{}", describe(measurement));
    }
    Ok(())
}

#[test]
fn an_image_that_can_panic_does_not_link() -> Result<(), String> {
    for target in list_targets().into_iter().filter(|target| has_target(target)) {
        for level in LEVELS {
            let arguments = ["--package", "count", "--features", "panics"];
            let output = run_cargo(root(), target, level, &arguments)?;
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success(), "it links for {target}");
            assert!(said.contains("a_panic_path_is_reachable"), "{said}");
        }
    }
    Ok(())
}
