//! `cargo xtask firmware`: what the images of `examples/firmware` need, on every machine that QEMU has here.

use crate::emulator::ensure_emulator;
use crate::firmware::document::write_table;
use crate::firmware::machines::MACHINES;
use crate::firmware::measure::measure;
use crate::firmware::table::{list_rows, render};
use crate::process::root;
use crate::targets::ensure_target;

/// Builds and runs all images and prints one table; with `bless`, writes it into `docs/firmware.md` as well.
pub fn report(bless: bool) -> Result<(), String> {
    let exists: Vec<bool> = MACHINES
        .iter()
        .map(|machine| ensure_target(machine.target) && ensure_emulator(machine.emulator))
        .collect();
    if bless && exists.contains(&false) {
        return Err("the table has every machine: install what was skipped, then bless it".into());
    }
    let measurements = measure(&root(), |machine| {
        MACHINES.iter().zip(&exists).any(|(listed, exists)| listed == machine && *exists)
    })?;
    let table = render(&list_rows(&measurements));
    println!("sizes in bytes; instructions, not cycles, of one call\n\n{table}");
    let failed: Vec<String> = measurements
        .iter()
        .filter(|measurement| !measurement.run.succeeded() || !measurement.counted.succeeded())
        .map(|measurement| format!("{} on {}", measurement.image.name, measurement.machine.name))
        .collect();
    if !failed.is_empty() {
        return Err(format!("did not end with success: {}", failed.join("; ")));
    }
    if bless { write_table(&root(), &table) } else { Ok(()) }
}
