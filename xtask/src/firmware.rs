//! `cargo xtask firmware`: how many instructions the calls of a network execute on a Cortex-M4F in QEMU.

use std::fs;

use crate::elf::read_section_size;
use crate::emulator::ensure_emulator;
use crate::image::{TARGET, build, run};
use crate::process::root;
use crate::targets::ensure_target;

/// The networks of `examples/firmware/src/workload.rs`.
const NETWORKS: [(&str, &str); 2] = [("tiny", "2-8-1, tanh"), ("sensor", "64-32-10, relu")];
const CALLS: [(&str, &str); 2] = [("forward", "forward"), ("step", "train_step, Sgd")];

/// Builds the image `count`, runs it, and prints one table.
pub fn count() -> Result<(), String> {
    if !ensure_target(TARGET) || !ensure_emulator() {
        return Err("the image cannot be built and run".into());
    }
    let image = build(&root(), "count")?;
    let numbers = run(&image)?;
    println!("instructions, not cycles, on a Cortex-M4F in QEMU at opt-level 3:\n");
    println!("  {:<18} {:<18} {:>12}", "network", "call", "instructions");
    for (network, description) in NETWORKS {
        for (call, signature) in CALLS {
            let name = format!("{network}.{call}");
            let (_, number) = numbers
                .iter()
                .find(|(found, _)| *found == name)
                .ok_or_else(|| format!("the image does not print `{name}`"))?;
            println!("  {description:<18} {signature:<18} {number:>12}");
        }
    }
    let bytes = fs::read(&image).map_err(|error| format!("{}: {error}", image.display()))?;
    let size = read_section_size(&bytes, ".text").ok_or("the image has no `.text`")?;
    println!("\n  the whole image: {size} bytes of code");
    Ok(())
}
