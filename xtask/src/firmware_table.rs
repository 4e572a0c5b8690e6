//! `cargo xtask firmware`: what the images of `examples/firmware` need, on every machine that QEMU has here.

use crate::emulator::ensure_emulator;
use crate::firmware::document::{read_table, write_table};
use crate::firmware::machines::{MACHINES, Machine};
use crate::firmware::measure::measure;
use crate::firmware::table::{compare, list_rows, parse, render};
use crate::process::root;
use crate::targets::ensure_target;

/// Builds and runs all images, prints one table, and says what is not as the one of `docs/firmware.md`; with
/// `bless`, writes it there.
pub fn report(bless: bool) -> Result<(), String> {
    let exists =
        |machine: &Machine| ensure_target(machine.target) && ensure_emulator(machine.emulator);
    let machines: Vec<Machine> = MACHINES.into_iter().filter(exists).collect();
    if bless && machines.len() < MACHINES.len() {
        return Err("the table has every machine: install what was skipped, then bless it".into());
    }
    let measurements = measure(&root(), &machines)?;
    let rows = list_rows(&measurements);
    let table = render(&rows);
    println!("sizes in bytes; instructions, not cycles, of one call\n\n{table}");
    let failed: Vec<String> = measurements
        .iter()
        .filter(|measurement| !measurement.run.succeeded() || !measurement.counted.succeeded())
        .map(|measurement| format!("{} on {}", measurement.image.name, measurement.machine.name))
        .collect();
    if !failed.is_empty() {
        return Err(format!("did not end with success: {}", failed.join("; ")));
    }
    if bless {
        return write_table(&root(), &table);
    }
    for difference in compare(&rows, &parse(&read_table(&root())?)?, 0.0) {
        println!("docs/firmware.md: {difference}");
    }
    Ok(())
}
