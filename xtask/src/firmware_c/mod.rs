//! `cargo xtask firmware-c`: the training step of `examples/firmware/workload` beside the same step in C,
//! `benches/firmware/c`, on machines with and without a floating-point unit.
//!
//! | file | what lives there |
//! |---|---|
//! | `compiler` | the cross compiler, its flags, and building the image |
//! | `expectation` | what both sides compute: parameters and a sample as a C header, and what must come out |
//! | `code` | the bytes of the functions that a function can reach |
//! | `table` | measurements as rows of Markdown |

mod code;
mod compiler;
mod expectation;
mod table;

use std::fs;
use std::path::Path;

use crate::elf::read_loaded_size;
use crate::emulator::ensure_emulator;
use crate::firmware::build::{LEVELS, build};
use crate::firmware::machines::{MACHINES, Machine};
use crate::firmware::run::{Run, run};
use crate::process::root;
use crate::targets::ensure_target;

use code::{Bytes, Code};
use compiler::{Setting, list_settings, require_compiler};
use expectation::{check_losses, write_header};
use table::{Row, SMALLEST, render};

/// The networks, as the images name them.
const NETWORKS: [&str; 2] = ["tiny", "sensor"];

/// The images, and what their declarations say of code.
const PACKAGES: [(&str, &str); 2] = [("count", ""), ("count_small", ", code = small")];

/// Builds and runs both sides, holds what they compute against the host, and prints one table.
pub fn compare() -> Result<(), String> {
    let compiler = require_compiler()?;
    let header = root().join("target/firmware-c/weights.h");
    write_header(&header)?;
    let mut rows = Vec::new();
    for (index, machine) in MACHINES.into_iter().enumerate() {
        let settings = list_settings(machine.target);
        // The M7 runs the images of the M4F.
        let is_again = MACHINES.iter().take(index).any(|other| other.target == machine.target);
        if settings.is_empty() || is_again {
            continue;
        }
        if !ensure_emulator(machine.emulator) || !ensure_target(machine.target) {
            return Err(format!("the {} is missing", machine.name));
        }
        for setting in settings {
            rows.extend(measure_c(&compiler, &machine, &setting)?);
        }
        for level in LEVELS {
            let folder = build(&root(), machine.target, level)?;
            for (package, code) in PACKAGES {
                let image = folder.join(package);
                let counted = run_image(&machine, &image)?;
                let entry = |network: &str| format!("{package}::step_{network}");
                let is_ours = |_: &str, name: &str| !is_of_library(name);
                let label = format!("backprop, opt-level {}{code}", level.name);
                rows.extend(measure(&machine, &label, false, &image, &counted, entry, is_ours)?);
            }
        }
    }
    println!("{}\ninstructions of one call, not cycles; sizes in bytes\n", compiler.version);
    println!("{}", render(&rows));
    println!(
        "code: of the functions that a step can reach; with those of libm, libc and the compiler"
    );
    println!(
        "image: of C, two networks and 9,772 bytes of initial parameters; of backprop, `count`,"
    );
    println!("which draws them, and trains a third network");
    println!("/C: relative to the least of C on the same machine; /Os: to `{SMALLEST}`");
    Ok(())
}

fn measure_c(
    compiler: &compiler::Compiler,
    machine: &Machine,
    setting: &Setting,
) -> Result<Vec<Row>, String> {
    let image = compiler.build(setting)?;
    let counted = run_image(machine, &image)?;
    check_losses(&counted).map_err(|message| format!("{}: {message}", setting.describe()))?;
    let entry = |network: &str| format!("{network}_step");
    let is_ours = |section: &str, _: &str| section == ".network";
    let rows = measure(machine, &setting.describe(), true, &image, &counted, entry, is_ours)?;
    Ok(rows.into_iter().filter(|row| setting.concerns(row.network)).collect())
}

fn run_image(machine: &Machine, image: &Path) -> Result<Run, String> {
    let counted = run(&mut machine.start(), image)?;
    if counted.succeeded() {
        Ok(counted)
    } else {
        Err(format!("{} on {} ended with {}", image.display(), machine.name, counted.exit))
    }
}

fn measure(
    machine: &Machine,
    label: &str,
    is_c: bool,
    image: &Path,
    counted: &Run,
    entry: impl Fn(&str) -> String,
    is_ours: impl Fn(&str, &str) -> bool,
) -> Result<Vec<Row>, String> {
    let code = Code::read(image)?;
    let bytes = fs::read(image).map_err(|error| format!("{}: {error}", image.display()))?;
    let size = read_loaded_size(&bytes).ok_or_else(|| format!("no ELF: {}", image.display()))?;
    NETWORKS
        .iter()
        .map(|network| {
            let find = |call: &str| {
                let name = format!("{network}.{call}");
                let number = counted.find(&name).and_then(|number| u32::try_from(number).ok());
                number.ok_or_else(|| format!("{} printed no {name}", image.display()))
            };
            let Bytes { network: own, library } = code.add_up(&entry(network), &is_ours)?;
            Ok(Row {
                network,
                machine: machine.name,
                label: label.to_owned(),
                is_c,
                figures: [find("forward")?, find("step")?, own, own + library, size],
            })
        })
        .collect()
}

/// Whether a function of a Rust image is the compiler's own: soft floats, copies of memory.
fn is_of_library(name: &str) -> bool {
    name.starts_with("compiler_builtins::") || name.starts_with("__") || !name.contains("::")
}
